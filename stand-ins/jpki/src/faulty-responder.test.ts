import { checkRevocation, parseAnchor } from '@machikado/pki';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FaultyResponder, type OcspFault, startFaultyResponder } from './faulty-responder.ts';
import type { TestJpki } from './test-jpki.ts';
import { freshJpki, now, quickOrder, strangerJpki } from './test-support.ts';

let jpki: TestJpki;
let other: TestJpki;
let faulty: FaultyResponder;
let ask: (timeoutMs?: number) => Promise<unknown>;

beforeAll(async () => {
  [jpki, other] = await Promise.all([freshJpki(), strangerJpki()]);
  const { auth } = await jpki.issueCard(quickOrder);
  const anchor = parseAnchor(jpki.anchors('auth')[2] as Uint8Array);
  faulty = await startFaultyResponder(jpki, { now: () => now });
  const question = {
    anchor,
    serial: auth.serial,
    nonce: new Uint8Array(32).fill(5),
    maxAgeMs: 600_000,
    skewMs: 60_000,
  };
  const fetchOcsp = (timeoutMs: number) => async (body: Uint8Array) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const headers = { 'content-type': 'application/ocsp-request' };
    const response = await fetch(faulty.url, { method: 'POST', body: Buffer.from(body), headers, signal });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
  ask = (timeoutMs = 5_000) => checkRevocation(question, { fetchOcsp: fetchOcsp(timeoutMs), now: () => now });
});
afterAll(() => faulty.close());

test('without a fault it answers like the real one', async () => {
  faulty.play(undefined);
  expect(await ask()).toMatchObject({ status: 'good' });
});

test('slow, but within the time, is still an answer', async () => {
  faulty.play({ kind: 'slow', delayMs: 1 });
  expect(await ask()).toMatchObject({ status: 'good' });
});

test.each<[OcspFault | { kind: 'foreign' }, string]>([
  [{ kind: 'slow', delayMs: 60_000 }, 'unreachable'],
  [{ kind: 'drops' }, 'unreachable'],
  [{ kind: 'http-error' }, 'unreachable'],
  [{ kind: 'old', ageMs: 86_400_000 }, 'too-old'],
  [{ kind: 'foreign' }, 'signer-not-issued-by-anchor'],
  [{ kind: 'wrong-nonce' }, 'nonce-differs'],
  [{ kind: 'no-nonce' }, 'nonce-missing'],
  [{ kind: 'try-later' }, 'responder-try-later'],
  [{ kind: 'garbage' }, 'malformed'],
])('with %o nothing can be concluded', async (fault, flaw) => {
  faulty.play(fault.kind === 'foreign' ? { kind: 'foreign', other } : (fault as OcspFault));
  const before = faulty.questionCount();
  await expect(ask(fault.kind === 'slow' ? 50 : undefined)).rejects.toMatchObject({ flaw });
  expect(faulty.questionCount()).toBe(before + 1);
});
