import { verify, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { CardAnswerError } from './card-channel.ts';
import { type CardTransport, CardTransportError } from './card-transport.ts';
import { JpkiClient } from './jpki-client.ts';
import { AUTH_PIN, authKey, comingAuthKey, digits, hex, recording, signKey, testCard } from './test-cards.ts';

const message = new TextEncoder().encode('machikado/login/v1\0'.padEnd(300, 'x'));

async function selected(transport: CardTransport): Promise<JpkiClient> {
  const client = new JpkiClient(transport);
  await client.select();
  return client;
}

test('reads the userAuthCert byte for byte without a PIN', async () => {
  const { transport } = testCard();
  expect(await (await selected(transport)).readUserAuthCert()).toEqual(authKey.cert);
});

test.each([
  ['RSA card of today', authKey, 'rsa-pkcs1-sha256', 'sha256'],
  ['P-384 card to come', comingAuthKey, 'ecdsa-p384-sha384', 'sha384'],
])('signs a login message with the %s', async (_, auth, algorithm, hash) => {
  const client = await selected(testCard({ auth }).transport);
  expect(await client.verifyPin(digits(AUTH_PIN))).toEqual({ kind: 'ok' });
  const signed = await client.signLogin(message);
  expect(signed.algorithm).toBe(algorithm);
  expect(verify(hash, message, new X509Certificate(auth.cert).publicKey, signed.signature)).toBe(true);
});

test('does not sign without the PIN', async () => {
  const client = await selected(testCard().transport);
  await expect(client.signLogin(message)).rejects.toThrow(CardAnswerError);
});

test('counts wrong PINs down and asks back before the last try instead of spending it', async () => {
  const { transport, store } = testCard();
  const client = await selected(transport);
  expect(await client.verifyPin(digits('0000'))).toEqual({ kind: 'wrong', triesLeft: 2 });
  expect(await client.verifyPin(digits('0000'))).toEqual({ kind: 'wrong', triesLeft: 1 });
  expect(await client.verifyPin(digits('0000'))).toEqual({ kind: 'last-try' });
  expect(store.saved.auth?.triesLeft).toBe(1);
  expect(await client.verifyPin(digits('0000'), { lastTryAgreed: true })).toEqual({ kind: 'locked' });
  expect(await client.verifyPin(digits(AUTH_PIN), { lastTryAgreed: true })).toEqual({ kind: 'locked' });
  expect(await client.pinTriesLeft()).toBe(0);
});

test.each(['6983', '6984'])('takes %s for a locked PIN', async (word) => {
  const { transport } = testCard();
  const blocked: CardTransport = {
    ...transport,
    transmit: async (apdu) => (apdu[1] === 0x20 ? hex(word) : transport.transmit(apdu)),
  };
  const client = await selected(blocked);
  expect(await client.pinTriesLeft()).toBe(0);
  expect(await client.verifyPin(digits(AUTH_PIN))).toEqual({ kind: 'locked' });
});

test('presents the PIN exactly once, and only to VERIFY', async () => {
  const seen = recording(testCard().transport);
  const client = await selected(seen);
  await client.verifyPin(digits(AUTH_PIN));
  await client.signLogin(message);
  const pin = Buffer.from(AUTH_PIN).toString('hex');
  expect(seen.sent.filter((apdu) => apdu.includes(pin))).toEqual([`0020008004${pin}`]);
});

test.each([
  ['right', AUTH_PIN],
  ['wrong', '0000'],
])('zeroes a %s PIN and the command that carried it', async (_, text) => {
  const { transport } = testCard();
  const commands: Uint8Array[] = [];
  const keeping: CardTransport = {
    ...transport,
    transmit: (apdu) => {
      commands.push(apdu);
      return transport.transmit(apdu);
    },
  };
  const pin = digits(text);
  await (await selected(keeping)).verifyPin(pin);
  expect([...pin]).toEqual([0, 0, 0, 0]);
  expect(commands.every((command) => command.every((byte) => byte === 0))).toBe(true);
});

test('zeroes the PIN even when the card is gone, and when it is not four digits', async () => {
  const { transport } = testCard();
  const client = await selected(transport);
  await transport.close();
  const pin = digits(AUTH_PIN);
  await expect(client.verifyPin(pin)).rejects.toThrow(CardTransportError);
  expect([...pin]).toEqual([0, 0, 0, 0]);
  const letters = digits('12a45');
  await expect(client.verifyPin(letters)).rejects.toThrow('four digits');
  expect([...letters]).toEqual([0, 0, 0, 0, 0]);
});

test('gathers answers that come in pieces (61xx) and repeats a read with the right Le (6Cxx)', async () => {
  const { transport } = testCard();
  let rest = new Uint8Array(0);
  const inPieces: CardTransport = {
    ...transport,
    transmit: async (apdu) => {
      if (apdu[1] === 0xc0) return piece();
      // The head of the cert is asked for with Le 4; this reader wants to be asked for 10 and then cuts to 4.
      if (apdu[1] === 0xb0 && apdu.at(-1) === 4) return hex('6c0a');
      const reply = await transport.transmit(apdu);
      if (apdu[1] === 0xb0 && apdu.at(-1) === 10) return Uint8Array.from([...reply.subarray(0, 4), 0x90, 0x00]);
      if (reply.length < 60) return reply;
      rest = reply.slice(0, -2);
      return piece();
    },
  };
  const piece = () => {
    const part = rest.subarray(0, 50);
    rest = rest.subarray(50);
    return Uint8Array.from([...part, ...(rest.length ? [0x61, Math.min(rest.length, 255)] : [0x90, 0x00])]);
  };
  const client = await selected(inPieces);
  await client.verifyPin(digits(AUTH_PIN));
  expect(await client.readUserAuthCert()).toEqual(authKey.cert);
  const { signature } = await client.signLogin(message);
  expect(verify('sha256', message, new X509Certificate(authKey.cert).publicKey, signature)).toBe(true);
});

test('gives up on an answer without an end', async () => {
  const { transport } = testCard();
  const endless = { ...transport, transmit: async () => new Uint8Array(102).fill(0x61) };
  await expect(selected(endless)).rejects.toThrow(CardTransportError);
});

test('tells media apart by the token label, and which certs there are', async () => {
  const card = await selected(testCard().transport);
  expect(await card.tokenInfo()).toEqual({ label: 'JPKIAPICCTOKEN2', medium: 'card' });
  expect(await card.availability()).toEqual({ auth: true, sign: true });
  const phone = await selected(testCard({ medium: 'iphone', sign: null }).transport);
  expect(await phone.tokenInfo()).toEqual({ label: 'JPKIAPIOSTOKEN', medium: 'iphone' });
  expect(await phone.availability()).toEqual({ auth: true, sign: false });
  const android = await selected(testCard({ medium: 'android' }).transport);
  expect((await android.tokenInfo()).medium).toBe('android');
});

test('reads the authentication pair, never the signature one', async () => {
  const { transport } = testCard({ auth: { ...authKey }, sign: signKey });
  const seen = recording(transport);
  const client = await selected(seen);
  await client.verifyPin(digits(AUTH_PIN));
  await client.signLogin(message);
  const selectedFiles = seen.sent.filter((apdu) => apdu.startsWith('00a4020c')).map((apdu) => apdu.slice(-4));
  expect(new Set(selectedFiles)).toEqual(new Set(['0018', '000a', '0017']));
});
