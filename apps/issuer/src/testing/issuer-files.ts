/** All files of one issuing server for an invented town: configuration, settings, keys, seal. */
import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestLogins } from '@machikado/testkit';
import { drawSeal } from '../forms/index.ts';
import { settingsOf } from './issuer-bench.ts';

export interface IssuerFiles {
  readonly configFile: string;
  readonly settingsFile: string;
  /** What the center knows of this issuer. */
  readonly bindingKey: Uint8Array;
  readonly signingPublicKey: KeyObject;
}

export function writeIssuerFiles(
  folder: string,
  given: {
    readonly lgCode: string;
    readonly databaseUrl: string;
    readonly logins: TestLogins;
    readonly tls: { readonly keyFile: string; readonly certFile: string; readonly caFile: string };
    readonly centerPin: string;
    readonly businessOffsetMs: number;
  },
): IssuerFiles {
  const { lgCode, logins, centerPin } = given;
  const { keyFile, certFile, caFile } = given.tls;
  const write = (name: string, content: string | Uint8Array) => {
    writeFileSync(path.join(folder, name), content);
    return name;
  };
  const secret = (name: string) => createHash('sha256').update(`${lgCode} ${name}`).digest();
  const secretFile = (name: string) => write(`${name}.hex`, secret(name).toString('hex'));
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const sealFile = write('seal.svg', drawSeal('夕凪市長之印'));
  const mayor = { title: '架空県夕凪市長', name: '港　一郎', sealFile };
  const settings = settingsOf(lgCode, { mayors: [{ from: '2020-04-01', value: mayor }] });
  const config = {
    listen: { host: '127.0.0.1', port: 0 },
    tls: { keyFile, certFile, caFile },
    databaseUrlFile: write('database-url', given.databaseUrl),
    center: { centerId: 'center', spkiPins: [centerPin], urls: ['https://localhost:1'] },
    registry: { url: 'https://localhost:1', spkiPins: ['0'.repeat(64)] },
    jpki: {
      anchorFiles: [write('anchor.der', logins.anchorDer)],
      ...{ policyOids: logins.profile.policyOids, algorithms: logins.profile.algorithms, ocspMaxAgeMs: 1_200_000 },
    },
    municipalities: [
      {
        lgCode,
        settingsFile: write('settings.json', JSON.stringify(settings)),
        signingKeyFile: write('signing.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }) as string),
        bindingKeyFile: secretFile('binding'),
        directoryKeyFile: secretFile('directory'),
        residentRefSecretFile: secretFile('resident'),
      },
    ],
    ...{ typesetter: { workers: 1 }, reader: { workers: 1 }, jobs: { pollMs: 100 } },
    ...{ demo: true, businessClock: { offsetMs: given.businessOffsetMs } },
  };
  return {
    configFile: path.join(folder, write('issuer.json', JSON.stringify(config))),
    settingsFile: path.join(folder, 'settings.json'),
    bindingKey: new Uint8Array(secret('binding')),
    signingPublicKey: publicKey,
  };
}
