/** Municipalities from files: settings that can be read again while the server runs, and keys that cannot. */
import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { EffectiveDated } from '@machikado/domain';
import { fromHex, kidOf } from '@machikado/pki';
import { loadConfig, readSecret } from '@machikado/server';
import type { IssuerConfig } from '../config.ts';
import type { Municipalities, Municipality, MunicipalityKeys } from '../ports.ts';
import { checkSettings } from '../settings/check-settings.ts';
import { MunicipalitySettings } from '../settings/settings.ts';
import type { Mayor } from '../settings/settings-on.ts';

type Files = IssuerConfig['municipalities'][number];

export interface ReloadableMunicipalities extends Municipalities {
  /** All files or none: a faulty one keeps the last good ones. */
  reload(): 'reloaded' | 'kept';
}

export function openMunicipalities(files: readonly Files[]): ReloadableMunicipalities {
  const keys = new Map(files.map((file) => [file.lgCode, readKeys(file)]));
  assert.equal(keys.size, files.length, 'a municipality stands twice in the configuration');
  const read = () => new Map(files.map((file) => [file.lgCode, readMunicipality(file, keys)]));
  let municipalities = read();
  return {
    find: (lgCode) => municipalities.get(lgCode),
    all: () => [...municipalities.values()],
    reload() {
      try {
        municipalities = read();
        return 'reloaded';
      } catch {
        return 'kept';
      }
    },
  };
}

function readMunicipality(files: Files, keys: ReadonlyMap<string, MunicipalityKeys>): Municipality {
  const settings = loadConfig(MunicipalitySettings, files.settingsFile);
  assert.equal(settings.lgCode, files.lgCode, 'the settings are those of another municipality');
  checkSettings(settings);
  const own = keys.get(files.lgCode);
  assert(own, 'keys are read before settings');
  return { lgCode: files.lgCode, settings, mayors: readMayors(settings), keys: own };
}

function readMayors({ mayors }: MunicipalitySettings): EffectiveDated<Mayor>[] {
  return mayors.map(({ from, value: { title, name, sealFile } }) => {
    return { from, value: { title, name, sealSvg: readFileSync(sealFile, 'utf8') } };
  });
}

function readKeys(files: Files): MunicipalityKeys {
  const privateKey = createPrivateKey(readFileSync(files.signingKeyFile));
  assert.equal(privateKey.asymmetricKeyType, 'ed25519', 'binding records are signed with Ed25519');
  return {
    signing: { privateKey, kid: kidOf(privateKey) },
    bindingKey: readKey(files.bindingKeyFile),
    directoryKey: readKey(files.directoryKeyFile),
    residentRefSecret: readKey(files.residentRefSecretFile),
  };
}

function readKey(file: string): Uint8Array {
  const key = fromHex(readSecret(file).trim());
  assert.equal(key.length, 32, 'a key has 32 bytes');
  return key;
}
