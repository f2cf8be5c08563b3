/** From the config file to the settings in force: reads every file it names, and fails as a whole when one does not fit. */
import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { EffectiveDated } from '@machikado/domain';
import { fromHex, kidOf, parseAnchors } from '@machikado/pki';
import type { CertificateKind } from '@machikado/protocol';
import { loadConfig, readSecret } from '@machikado/server';
import type { IssuerConfig } from '../config.ts';
import { formOn, readContract, readWording } from '../forms/form-contract.ts';
import { LettersTable } from '../forms/index.ts';
import type { LoginRules, Municipality, MunicipalityKeys } from '../ports.ts';
import { checkSettings } from '../settings/check-settings.ts';
import { MunicipalitySettings } from '../settings/settings.ts';
import type { Mayor } from '../settings/settings-on.ts';

const END_OF_TIME = '9999-12-31';

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
  const forms = settings.formsDir === undefined ? {} : { forms: readForms(settings.formsDir, settings) };
  return { lgCode: files.lgCode, settings, mayors: readMayors(settings), letters, ...forms, keys: readKeys(files) };
}

/** Every kind that the municipality issues has a form there; a folder that lacks one is found now and not at the first order. */
function readForms(dir: string, { kinds }: MunicipalitySettings): URL {
  const root = pathToFileURL(`${dir}/`);
  for (const kind of Object.keys(kinds) as CertificateKind[]) {
    const form = formOn(kind, END_OF_TIME, root);
    readContract(form);
    readWording(form);
  }
  return root;
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
