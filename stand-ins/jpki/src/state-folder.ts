/**
 * The test JPKI on disk, so that it survives a restart: `ca/` holds roots and OCSP signers as PEM, `register.jsonl` one line of JSON
 * for each cert issued or revoked. A line counts once it is whole.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { parseAnchor } from '@machikado/pki';
import { type CaGeneration, caSlots, makeHierarchy, type OcspSigner, signerKinds } from './hierarchy.ts';
import { fromPem, type KeyKind, toPem } from './key-pairs.ts';
import type { RegisterFact } from './register.ts';
import { createTestJpki, type TestJpki } from './test-jpki.ts';

type Slot = Pick<CaGeneration, 'purpose' | 'generation'>;
const rootName = ({ purpose, generation }: Slot) => `${purpose}-${generation}`;

/** Opens what the folder holds; an empty folder gets a new CA. One process at a time. */
export async function openTestJpki(dir: string, now: () => Date): Promise<TestJpki> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const caDir = join(dir, 'ca');
  if (!existsSync(caDir)) await saveHierarchy(caDir, await makeHierarchy(now()));
  const generations = await Promise.all(caSlots.map((slot) => loadGeneration(caDir, slot)));
  const file = join(dir, 'register.jsonl');
  const facts = loadFacts(file);
  return createTestJpki({ now, generations, facts, keepFact: (fact) => appendFact(file, fact) });
}

/** All files or none: a half-written CA would be a different one after the restart. */
async function saveHierarchy(caDir: string, generations: readonly CaGeneration[]): Promise<void> {
  const half = `${caDir}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  for (const ca of generations) {
    await savePair(half, rootName(ca), ca);
    for (const [kind, signer] of Object.entries(ca.signers))
      await savePair(half, `${rootName(ca)}-ocsp-${kind}`, signer);
  }
  renameSync(half, caDir);
}

async function savePair(dir: string, name: string, { cert, key }: OcspSigner): Promise<void> {
  const lines =
    Buffer.from(cert)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  const pem = `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
  writeFileSync(join(dir, `${name}.cert.pem`), pem);
  writeFileSync(join(dir, `${name}.key.pem`), await toPem(key), { mode: 0o600 });
}

async function loadGeneration(caDir: string, slot: Slot): Promise<CaGeneration> {
  const name = rootName(slot);
  const root = await loadPair(caDir, name, 'rsa-2048');
  const [rsa, p256] = await Promise.all([
    loadPair(caDir, `${name}-ocsp-rsa`, signerKinds.rsa),
    loadPair(caDir, `${name}-ocsp-p256`, signerKinds.p256),
  ]);
  return { ...slot, ...root, anchor: parseAnchor(root.cert), signers: { rsa, p256 } };
}

async function loadPair(dir: string, name: string, kind: KeyKind): Promise<OcspSigner> {
  const pem = readFileSync(join(dir, `${name}.cert.pem`), 'latin1');
  const cert = new Uint8Array(Buffer.from(pem.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64'));
  return { cert, key: await fromPem(readFileSync(join(dir, `${name}.key.pem`), 'latin1'), kind) };
}

/** A last line without its end was being written when the power went; it never counted, and is cut off. */
function loadFacts(file: string): RegisterFact[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) writeFileSync(file, whole);
  return whole
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as RegisterFact);
}

function appendFact(file: string, fact: RegisterFact): void {
  const descriptor = openSync(file, 'a', 0o600);
  try {
    writeSync(descriptor, `${JSON.stringify(fact)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
