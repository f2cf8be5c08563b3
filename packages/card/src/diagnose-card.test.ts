import { expect, test } from 'vitest';
import type { CardTransport } from './card-transport.ts';
import { diagnoseCard } from './diagnose-card.ts';
import { JpkiClient } from './jpki-client.ts';
import { AUTH_PIN, authKey, digits, hex, now, testCard } from './test-cards.ts';

const diagnose = (transport: CardTransport, at = now) => diagnoseCard(new JpkiClient(transport), at);

test('finds a sound card usable, with its cert and tries, and spends none', async () => {
  const { transport, store } = testCard();
  expect(await diagnose(transport)).toEqual({
    kind: 'usable',
    authCert: authKey.cert,
    triesLeft: 3,
    token: { label: 'JPKIAPICCTOKEN2', medium: 'card' },
  });
  expect(store.saved.auth?.triesLeft).toBe(3);
});

test('says expired after the last instant of the cert, not at it', async () => {
  const { transport } = testCard();
  expect(await diagnose(transport, new Date('2030-02-17T14:59:59Z'))).toMatchObject({ kind: 'usable' });
  expect(await diagnose(transport, new Date('2030-02-17T15:00:00Z'))).toEqual({ kind: 'unusable', cause: 'expired' });
});

test('says locked when no try is left, and for a card without a PIN', async () => {
  const { transport } = testCard();
  const client = new JpkiClient(transport);
  await client.select();
  for (const _ of [1, 2, 3]) await client.verifyPin(digits('0000'), { lastTryAgreed: true });
  expect(await client.verifyPin(digits(AUTH_PIN))).toEqual({ kind: 'locked' });
  expect(await diagnose(transport)).toEqual({ kind: 'unusable', cause: 'locked' });
  const without = testCard({ auth: { ...authKey, pin: null } });
  expect(await diagnose(without.transport)).toEqual({ kind: 'unusable', cause: 'locked' });
});

test('says not-renewed when the card carries no userAuthCert', async () => {
  expect(await diagnose(testCard({ auth: null }).transport)).toEqual({ kind: 'unusable', cause: 'not-renewed' });
});

test('says damaged when the chip does not answer, or answers nonsense', async () => {
  expect(await diagnose(testCard({ chip: 'damaged' }).transport)).toEqual({ kind: 'unusable', cause: 'damaged' });
  const { transport } = testCard();
  const nonsense: CardTransport = {
    ...transport,
    transmit: async (apdu) => (apdu[1] === 0xb0 ? hex('ffff9000') : transport.transmit(apdu)),
  };
  expect(await diagnose(nonsense)).toEqual({ kind: 'unusable', cause: 'damaged' });
  const noCert = testCard({ auth: { ...authKey, cert: Uint8Array.from([0x30, 0x82, 0, 1, 0]) } });
  expect(await diagnose(noCert.transport)).toEqual({ kind: 'unusable', cause: 'damaged' });
});

test('knows a card of another kind, which has no JPKI application', async () => {
  const { transport } = testCard({ chip: 'foreign' });
  expect(await diagnose(transport)).toEqual({ kind: 'foreign' });
  expect(Buffer.from(await transport.transmit(hex('00ca00f000'))).toString('hex')).toBe('6d00');
});
