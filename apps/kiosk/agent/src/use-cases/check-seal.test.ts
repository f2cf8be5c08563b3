import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import type { SealedOrder } from '@machikado/protocol';
import { ProtocolError } from '@machikado/protocol';
import { physicalTruth } from '@machikado/simulators';
import { describe, test } from 'vitest';
import { createFakeCenter, TOWN } from '../testing/fake-center.ts';
import { personRefs } from '../testing/fake-offers.ts';
import { createTestKiosk, KIOSK_ID, serve } from '../testing/test-kiosk.ts';
import { createUseMemory } from '../use-memory.ts';
import { checkSeal } from './check-seal.ts';

const sessionId = 'ab'.repeat(16);
const orderId = 'cd'.repeat(16);
const selection = {
  kind: 'resident-record' as const,
  scope: 'self' as const,
  personRefs: [personRefs[0] ?? ''],
  items: [],
  copies: 2,
  feeYen: 600,
};
const asked = { orderId, sessionId, lgCode: TOWN, centerId: 'test-center', selection };

async function sealedOrder() {
  let calls = 0;
  const random = (bytes: number) => {
    calls += 1;
    return new Uint8Array(bytes).fill(calls);
  };
  const center = createFakeCenter({ kioskId: KIOSK_ID, random });
  const proof = { authCert: '', algorithm: 'rsa-pkcs1-sha256' as const, message: '', signature: '', ocspResponse: '' };
  const sealed = await center.placeOrder({ orderId, sessionId, lgCode: TOWN, proof, selection });
  return { sealed, ports: { sealKeys: center.sealKeys, kioskId: KIOSK_ID } };
}

/** Every character of the text, changed into another that the schema would let through. */
function* changed(text: string): Generator<string> {
  for (let i = 0; i < text.length; i += 1) {
    const other = text[i] === 'A' ? 'B' : 'A';
    if (text[i] !== '=' && text[i] !== '.') yield `${text.slice(0, i)}${other}${text.slice(i + 1)}`;
  }
}

describe('a sealed order with one character changed', () => {
  test('is refused before money is asked for, wherever in manifest or ciphertext it is', async () => {
    const { sealed, ports } = await sealedOrder();
    const memory = createUseMemory();
    await checkSeal(sealed, asked, memory, ports);
    const forged: SealedOrder[] = [...changed(sealed.manifest)].map((manifest) => ({ ...sealed, manifest }));
    for (const [i, copy] of sealed.copies.entries())
      for (const ciphertext of changed(copy.ciphertext)) {
        const copies = sealed.copies.with(i, { ...copy, ciphertext });
        forged.push({ ...sealed, copies });
      }
    assert.ok(forged.length > 1000);
    for (const one of forged)
      await assert.rejects(
        checkSeal(one, asked, memory, ports),
        (e) => e instanceof ProtocolError && e.code === 'BINDING_MISMATCH',
      );
  });

  test('is refused before money is fixed when it is in the kiosk’s or the center’s share', async () => {
    for (let at = 0; at < 43; at += 1)
      for (const whose of ['kioskShare', 'centerShare'] as const) {
        const touch = (text: string) => `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
        const kiosk = createTestKiosk({
          alter:
            whose === 'kioskShare'
              ? { sealed: (s) => ({ ...s, copies: s.copies.map((c) => ({ ...c, kioskShare: touch(c.kioskShare) })) }) }
              : {
                  shares: (s) => ({ ...s, shares: s.shares.map((c) => ({ ...c, centerShare: touch(c.centerShare) })) }),
                },
        });
        const machine = await kiosk.powerOn();
        const { code } = await serve(machine);
        assert.notEqual(code, 'OK');
        assert.equal(physicalTruth(kiosk.dir).cash.fixedYen, 0, `${whose} ${at}`);
        assert.deepEqual(kiosk.truths(), []);
        await machine.close();
        rmSync(kiosk.dir, { recursive: true });
      }
  });
});
