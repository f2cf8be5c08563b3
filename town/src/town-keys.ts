/** Keys of the town, made on the spot and kept in its folder. They are good for this machine only. */
import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface TownKeys {
  readonly directoryKeyFile: string;
  readonly proofKeyFile: string;
  readonly seal: SigningKeyFiles;
  /** Of the backs of sheets; the ids stand on the paper. */
  readonly scrambling: { readonly id: number; readonly keyFile: string };
  readonly sheetSigning: { readonly id: number } & SigningKeyFiles;
  /** Of the 問い合わせサイト: its reports. */
  readonly reportKeyFile: string;
  readonly municipality: (lgCode: string) => {
    readonly signing: SigningKeyFiles;
    readonly bindingKeyFile: string;
    readonly residentRefSecretFile: string;
  };
  readonly password: (role: string) => string;
}

export interface SigningKeyFiles {
  readonly keyFile: string;
  readonly publicFile: string;
}

const FIRST_ID = 1;

export function openTownKeys(dir: string): TownKeys {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const secret = (name: string) => keep(join(dir, `${name}.hex`), () => randomBytes(32).toString('hex'));
  const signing = (name: string) => signingKey(join(dir, name));
  return {
    directoryKeyFile: secret('directory'),
    proofKeyFile: secret('proof'),
    seal: signing('seal'),
    scrambling: { id: FIRST_ID, keyFile: secret('scrambling') },
    sheetSigning: { id: FIRST_ID, ...signing('sheet-signing') },
    reportKeyFile: signing('verification-report').keyFile,
    municipality: (lgCode) => ({
      signing: signing(`binding-${lgCode}`),
      bindingKeyFile: secret(`binding-${lgCode}`),
      residentRefSecretFile: secret(`resident-ref-${lgCode}`),
    }),
    password: (role) => readFileSync(secret(`password-${role}`), 'utf8'),
  };
}

function signingKey(path: string): SigningKeyFiles {
  const keyFile = keep(`${path}.key.pem`, () =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  const publicFile = keep(`${path}.pub.pem`, () =>
    createPublicKey(readFileSync(keyFile, 'utf8')).export({ type: 'spki', format: 'pem' }).toString(),
  );
  return { keyFile, publicFile };
}

function keep(file: string, make: () => string): string {
  if (!existsSync(file)) writeFileSync(file, make(), { mode: 0o600 });
  return file;
}
