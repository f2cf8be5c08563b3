/** From the config file to the settings in force: reads every file it names, and fails as a whole when one does not fit. */
import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { EffectiveDated } from '@machikado/domain';
import { fromHex, kidOf, parseAnchors } from '@machikado/pki';
import { loadConfig, readSecret } from '@machikado/server';
import type { IssuerConfig } from '../config.ts';
import { LettersTable } from '../forms/index.ts';
import type { LoginRules, Municipality, MunicipalityKeys } from '../ports.ts';
import { checkSettings } from '../settings/check-settings.ts';
import { MunicipalitySettings } from '../settings/settings.ts';
import type { Mayor } from '../settings/settings-on.ts';

type Files = IssuerConfig['municipalities'][number];

/** What can change while the server runs. */
export interface Settings {
  readonly centerId: string;
  readonly centerPins: readonly string[];
  readonly login: LoginRules;
  readonly municipalities: ReadonlyMap<string, Municipality>;
}

export function readSettings(config: IssuerConfig): Settings {
  const { center, municipalities } = config;
  const towns = new Map(municipalities.map((files) => [files.lgCode, readMunicipality(files)]));
  assert.equal(towns.size, municipalities.length, 'a municipality stands twice in the configuration');
  return {
    centerId: center.centerId,
    centerPins: center.spkiPins,
    login: readLoginRules(config),
    municipalities: towns,
  };
}

function readLoginRules({ center: { centerId }, jpki }: IssuerConfig): LoginRules {
  const { anchorFiles, policyOids, algorithms, ocspMaxAgeMs } = jpki;
  const anchors = parseAnchors(anchorFiles.map((file) => derOf(readFileSync(file))));
  return { centerId, anchors, profile: { policyOids, algorithms }, ocspMaxAgeMs };
}

function derOf(file: Buffer): Uint8Array {
  const pem = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(file.toString('latin1'));
  return new Uint8Array(pem?.[1] === undefined ? file : Buffer.from(pem[1], 'base64'));
}

function readMunicipality(files: Files): Municipality {
  const settings = loadConfig(MunicipalitySettings, files.settingsFile);
  assert.equal(settings.lgCode, files.lgCode, 'the settings are those of another municipality');
  checkSettings(settings);
  const letters = (settings.lettersFiles ?? []).map((file) => loadConfig(LettersTable, file));
  return { lgCode: files.lgCode, settings, mayors: readMayors(settings), letters, keys: readKeys(files) };
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
