import { writeFileSync } from 'node:fs';
import { openCopy, readSealManifest } from '@machikado/pki';
import { centerEndpoints } from '@machikado/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Chain, openChain } from './open-chain.ts';
import { logIn, openClient, orderFor } from './raw-kiosk.ts';

let chain: Chain;
beforeAll(async () => {
  chain = await openChain();
}, 60_000);
afterAll(() => chain?.close());

test('a card, a PIN, an order, a payment: one whole document that both shares open', async () => {
  const card = await chain.orderCard('990019', 'family-head');
  await chain.passTheNight();
  const client = openClient(chain);
  const login = await logIn(chain, card.file, client);
  expect(login.municipalities).toEqual([{ lgCode: '990019', role: 'residence' }]);
  const offers = await client.call(centerEndpoints.askOffers, {
    params: { sessionId: login.sessionId },
    body: { lgCode: '990019', proof: login.proof },
  });
  const order = orderFor(login, offers);
  const sealed = await client.call(centerEndpoints.placeOrder, { body: order });
  const manifest = await readSealManifest(sealed.manifest, chain.sealKeys);
  expect(manifest.orderId).toBe(order.orderId);
  const { digestOf } = await import('@machikado/pki');
  const { shares } = await client.call(centerEndpoints.reportPayment, {
    params: { orderId: order.orderId },
    body: { depositYen: 200, manifestDigest: digestOf(sealed.manifest) },
  });
  const [copy] = sealed.copies;
  const [share] = shares;
  const pdf = openCopy({
    ciphertext: Buffer.from(copy?.ciphertext ?? '', 'base64'),
    kioskShare: Buffer.from(copy?.kioskShare ?? '', 'base64'),
    centerShare: Buffer.from(share?.centerShare ?? '', 'base64'),
    orderId: order.orderId,
    copy: 1,
  });
  writeFileSync('/tmp/first.pdf', pdf);
  expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
  await client.close();
});
