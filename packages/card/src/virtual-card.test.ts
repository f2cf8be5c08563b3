import { constants, createHash, publicDecrypt, verify, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCardFile } from './card-file.ts';
import { AUTH_PIN, authKey, cardFile, comingAuthKey, hex, SIGN_PIN, testCard } from './test-cards.ts';
import { VirtualCard } from './virtual-card.ts';

const SELECT_JPKI = '00a4040c0ad392f000260100000001';
const VERIFY_RIGHT = `0020008004${Buffer.from(AUTH_PIN).toString('hex')}`;
const VERIFY_WRONG = '002000800431323334';
const VERIFY_SIGN = `0020008006${Buffer.from(SIGN_PIN).toString('hex')}`;
const selectEf = (id: string) => `00a4020c02${id}`;

/** Sends all and answers the last response as hex. */
function send(card: VirtualCard, ...commands: string[]): string {
  return commands.map((text) => Buffer.from(card.transmit(hex(text))).toString('hex')).at(-1) ?? '';
}
const selectedCard = (...then: string[]) => {
  const made = testCard();
  send(made.card, SELECT_JPKI, ...then);
  return made;
};

test.each([
  ['the full name', SELECT_JPKI, '9000'],
  ['a partial name', '00a4040c05d392f00026', '9000'],
  ['another application', '00a4040c0ad3921000310001010402', '6a82'],
  ['an empty name', '00a4040c', '6700'],
  ['the MF after a reset', '00a40000', '6a86'],
  ['an EF before any application', selectEf('000a'), '6a82'],
])('answers SELECT of %s', (_, command, word) => {
  expect(send(testCard().card, command)).toBe(word);
});

test('says 9000 to SELECT of the MF inside an application and stays where it is', () => {
  const { card } = selectedCard(selectEf('000a'));
  expect(send(card, '00a40000')).toBe('9000');
  expect(send(card, '00b0000002')).toBe('30829000');
});

test.each([
  ['an unknown file', [selectEf('00ff')], '6a82'],
  ['a read without a file', ['00b0000004'], '6986'],
  ['a read of a key', [selectEf('0017'), '00b0000004'], '6981'],
  ['a read behind the end', [selectEf('0008'), '00b0000301'], '6b00'],
  ['a read across the end', [selectEf('0008'), '00b0000108'], '8f006282'],
  ['a read of all there is', [selectEf('0008'), '00b0000000'], '8f8f009000'],
  ['a read by short id', ['00b0880003'], '8f8f009000'],
  ['a short id with an offset', ['00b0880102'], '8f009000'],
  ['the signature cert without its password', [selectEf('0001'), '00b0000004'], '6982'],
  ['a signature without a PIN', [selectEf('0017'), '802a0080 01aa 00'], '6982'],
  ['an unknown signature scheme', [selectEf('0017'), '802a0980 01aa 00'], '6a86'],
  ['VERIFY on a file that is no PIN', [selectEf('000a'), VERIFY_WRONG], '6981'],
  ['VERIFY of a 17-byte PIN, for free', [selectEf('0018'), `0020008011${'30'.repeat(17)}`, '00200080'], '63c3'],
  ['VERIFY by short id, tries asked', ['00200098'], '63c3'],
  ['VERIFY with an unknown reference', ['00200001'], '6a86'],
  ['a new PIN without the old', [selectEf('0018'), '002401800431313131'], '6982'],
  ['GET DATA inside an application', ['00ca00f000'], '6a88'],
  ['an unknown instruction', ['00fa0000'], '6d00'],
  ['a signature with the class of the standard', ['002a0080'], '6d00'],
  ['an unknown class', ['60a40000'], '6e00'],
  ['secure messaging', ['0cb0000000'], '6882'],
  ['chaining', ['10b0000000'], '6884'],
  ['lengths that do not fit', ['00a4040c0ad3'], '6700'],
])('answers %s', (_, commands, word) => {
  expect(send(selectedCard().card, ...(commands as string[]))).toBe(word);
});

test('tells at the MF which municipality issued the card, and until when it is valid', () => {
  const { card } = testCard();
  expect(send(card, '00ca00f000')).toBe(`${Buffer.from('99001').toString('hex')}9000`);
  expect(send(card, '00ca00f200')).toBe(`${Buffer.from('20351026').toString('hex')}9000`);
  expect(send(card, '00ca00f100')).toBe('6a88');
});

test('counts wrong PINs down to 63C0 and is blocked with 6984 from then on, right PIN or not', () => {
  const { card, store } = selectedCard(selectEf('0018'));
  expect([1, 2, 3].map(() => send(card, VERIFY_WRONG))).toEqual(['63c2', '63c1', '63c0']);
  expect(send(card, VERIFY_RIGHT)).toBe('6984');
  expect(send(card, '00200080')).toBe('63c0');
  expect(store.saved.auth?.triesLeft).toBe(0);
});

test('gives all tries back for the right PIN, and tells 63C3 even while verified', () => {
  const { card, store } = selectedCard(selectEf('0018'), VERIFY_WRONG, VERIFY_WRONG);
  expect(send(card, VERIFY_RIGHT)).toBe('9000');
  expect(send(card, '00200080')).toBe('63c3');
  expect(store.saved.auth?.triesLeft).toBe(3);
});

test('has spent the try before it compares: losing power in between buys no free guess', () => {
  let onChip = cardFile();
  const losePower = (state: typeof onChip) => {
    onChip = parseCardFile(JSON.stringify(state));
    throw new Error('power lost');
  };
  for (const left of [2, 1, 0]) {
    const card = new VirtualCard(onChip, losePower);
    send(card, SELECT_JPKI, selectEf('0018'));
    expect(() => send(card, VERIFY_RIGHT)).toThrow('power lost');
    expect(onChip.auth?.triesLeft).toBe(left);
  }
  const card = new VirtualCard(onChip, losePower);
  expect(send(card, SELECT_JPKI, selectEf('0018'), VERIFY_RIGHT)).toBe('6984');
});

test('does not even compare when it could not persist the spent try', () => {
  const card = new VirtualCard(cardFile(), () => {
    throw new Error('power lost');
  });
  send(card, SELECT_JPKI, selectEf('0018'));
  expect(() => send(card, VERIFY_RIGHT)).toThrow('power lost');
  expect(send(card, selectEf('0017'), '802a0380 01aa 00')).toBe('6982');
});

test.each([
  ['selecting an application again', [SELECT_JPKI]],
  ['a wrong PIN', [selectEf('0018'), VERIFY_WRONG]],
])('forgets the verified PIN after %s', (_, commands) => {
  const { card } = selectedCard(selectEf('0018'), VERIFY_RIGHT);
  send(card, ...commands);
  expect(send(card, selectEf('0017'), '802a0380 01aa 00')).toBe('6982');
});

test('is as new after a reset', () => {
  const { card } = selectedCard(selectEf('0018'), VERIFY_RIGHT, selectEf('0017'));
  card.reset();
  expect(send(card, '802a0380 01aa 00')).toBe('6986');
  expect(send(card, '00ca00f200')).toMatch(/9000$/);
  expect(send(card, SELECT_JPKI, selectEf('0017'), '802a0380 01aa 00')).toBe('6982');
});

test('keeps the verified PIN when another application was asked for in vain', () => {
  const { card } = selectedCard(selectEf('0018'), VERIFY_RIGHT, '00a4040c0ad3921000310001010402');
  expect(send(card, selectEf('0017'), '802a0380 01aa 00')).toMatch(/9000$/);
});

test('shows the signature cert and signs with its key only after the signature password', () => {
  const { card } = selectedCard(selectEf('0018'), VERIFY_RIGHT, selectEf('0001'));
  expect(send(card, '00b0000004')).toBe('6982');
  expect(send(card, selectEf('001b'), VERIFY_SIGN)).toBe('9000');
  expect(send(card, selectEf('0001'), '00b0000002')).toBe('30829000');
  expect(send(card, '802a039a 01aa 00')).toMatch(/9000$/);
});

test('signs by every scheme of P1 as real cards do', () => {
  const { card } = selectedCard(selectEf('0018'), VERIFY_RIGHT, selectEf('0017'));
  const key = new X509Certificate(authKey.cert).publicKey;
  const message = hex('0102030405');
  const digest = createHash('sha256').update(message).digest();
  const sign = (p1: string, data: Uint8Array) => {
    const reply = send(
      card,
      `802a${p1}80${data.length.toString(16).padStart(2, '0')}${Buffer.from(data).toString('hex')}00`,
    );
    return Buffer.from(reply, 'hex').subarray(0, -2);
  };
  expect(publicDecrypt(key, sign('00', message))).toEqual(Buffer.from(message));
  expect(publicDecrypt(key, sign('01', message))).toEqual(digest);
  expect(verify('sha256', message, key, sign('02', digest))).toBe(true);
  expect(verify('sha256', message, key, sign('03', message))).toBe(true);
  const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  expect(verify('sha256', message, pss, sign('04', digest))).toBe(true);
  expect(verify('sha256', message, pss, sign('05', message))).toBe(true);
  expect(sign('05', message)).not.toEqual(sign('05', message));
  expect(send(card, '802a0280 01aa 00')).toBe('6985');
  expect(send(card, `802a0080 f6${'aa'.repeat(246)}00`)).toBe('6700');
  expect(send(card, '802a0380 01aa 80')).toBe('6700');
});

test('changes the PIN after the old one, by the rule of its kind, and stores it', () => {
  const { card, store } = selectedCard(selectEf('0018'), VERIFY_RIGHT);
  expect(send(card, '00240180 03313131')).toBe('6a80');
  expect(send(card, '00240180 0431313131')).toBe('9000');
  const next = new VirtualCard(parseCardFile(JSON.stringify(store.saved)), () => undefined);
  expect(send(next, SELECT_JPKI, selectEf('0018'), '00200080 0431313131')).toBe('9000');
});

test('can be a card without a PIN, on which VERIFY is impossible', () => {
  const { card } = testCard({ auth: { ...authKey, pin: null } });
  send(card, SELECT_JPKI, selectEf('0018'));
  expect(send(card, '00200080')).toBe('63c0');
  expect(send(card, VERIFY_RIGHT)).toBe('6984');
});

test('can be a child’s card, without the signature pair', () => {
  const { card } = testCard({ sign: null });
  send(card, SELECT_JPKI, selectEf('0008'));
  expect(send(card, '00b0000003')).toBe('008f009000');
  expect(send(card, selectEf('0001'))).toBe('6a82');
});

test('can be the coming card, whose P-384 key signs what it hashes itself', () => {
  const { card } = testCard({ auth: comingAuthKey });
  send(card, SELECT_JPKI, selectEf('0018'), VERIFY_RIGHT, selectEf('0017'));
  const signature = Buffer.from(send(card, '802a0380 0200aa 00'), 'hex').subarray(0, -2);
  expect(verify('sha384', hex('00aa'), new X509Certificate(comingAuthKey.cert).publicKey, signature)).toBe(true);
  expect(send(card, '802a0080 01aa 00')).toBe('6a86');
});

/** Mostly sensible traffic, so that the interesting states are reached. */
const oneCommand = fc.oneof(
  fc.constantFrom(
    SELECT_JPKI,
    selectEf('0018'),
    selectEf('001b'),
    selectEf('0017'),
    '00200080',
    '00200098',
    VERIFY_WRONG,
  ),
  fc.constantFrom('002000980431313131', `0020009b06${'41'.repeat(6)}`, '00b0000000', '00b0820000'),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('hex')),
);

test('answers every traffic with a status word, and no counter ever rises but by the right PIN', () => {
  const rightPins = [
    VERIFY_RIGHT,
    VERIFY_SIGN,
    VERIFY_RIGHT.replace('0080', '0098'),
    VERIFY_SIGN.replace('0080', '009b'),
  ];
  const withRightPins = fc.array(fc.oneof({ weight: 6, arbitrary: oneCommand }, fc.constantFrom(...rightPins)), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(withRightPins, (commands) => {
      const { card, store } = testCard();
      let left = triesIn(store.saved);
      for (const command of commands) {
        const reply = send(card, command);
        expect(reply.length).toBeGreaterThanOrEqual(4);
        const next = triesIn(store.saved);
        const rose = next.some((tries, i) => tries > (left[i] ?? 0));
        if (rose) expect([rightPins.includes(command), reply]).toEqual([true, '9000']);
        left = next;
      }
    }),
  );
});

const triesIn = ({ auth, sign }: ReturnType<typeof cardFile>) => [auth?.triesLeft ?? 0, sign?.triesLeft ?? 0];
