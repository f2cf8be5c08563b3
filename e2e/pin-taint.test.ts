import { createHash } from 'node:crypto';
import type { CardFile } from '@machikado/card';
import type { Ports } from '@machikado/kiosk-agent';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Chain, openChain, WITHOUT_JOBS } from './open-chain.ts';
import { differences, type Play, type PlayedUse, playUse, type Tape } from './pin-taint.ts';

let chain: Chain;
let card: CardFile;
beforeAll(async () => {
  chain = await openChain(WITHOUT_JOBS);
  // An RSA signature is the same each time; one of ECDSA would differ by its own chance.
  ({ file: card } = await chain.orderCard('990019', 'single', { withoutSignatureCert: true }));
  await chain.passTheNight();
});
afterAll(async () => {
  await chain?.close();
});

const cardWith = (pin: string): CardFile => ({ ...card, auth: card.auth && { ...card.auth, pin } });
const play = (pin: string, tape: Tape, more: Partial<Play> = {}) =>
  playUse({ chain, card: cardWith(pin), pins: [pin], tape, ...more });
let tapes = 0;
function newTape(): Tape {
  tapes += 1;
  return { chance: `tape ${tapes}`, calls: [] };
}
const pinOf = (verify: string) => Buffer.from(verify.slice(10), 'hex').toString();
const isZeroed = ({ pinBuffers }: PlayedUse) => pinBuffers.every((bytes) => bytes.every((byte) => byte === 0));

test('a use with another PIN is the same use: only VERIFY, from kiosk to card, knows which it was', async () => {
  const tape = newTape();
  const real = await play('4821', tape);
  const [one, other] = [await play('7359', tape), await play('6143', tape)];
  expect([real.code, one.code, other.code]).toEqual(['OK', 'OK', 'OK']);
  expect(differences(one, other)).toEqual([]);
  expect(differences(real, one)).toEqual([]);
  expect([real, one, other].map(({ verified }) => verified.map(pinOf))).toEqual([['4821'], ['7359'], ['6143']]);
  const places = [...real.outside.keys()].map((place) => place.slice(5));
  for (const place of [
    'login.prove',
    'center.placeOrder',
    'center.reportOutcome',
    'state/journal.jsonl',
    'state/printer.jsonl',
  ])
    expect(places).toContain(place);
  expect(real.pinBuffers).toHaveLength(2);
  for (const use of [real, one, other]) expect(isZeroed(use)).toBe(true);
});

test('which wrong PIN was tried before is known to the card alone', async () => {
  const tape = newTape();
  const real = await play('4821', tape, { pins: ['4822', '4821'] });
  const other = await play('4821', tape, { pins: ['7003', '4821'] });
  expect([real.code, other.code]).toEqual(['OK', 'OK']);
  expect(differences(real, other)).toEqual([]);
  expect([real, other].map(({ verified }) => verified.map(pinOf))).toEqual([
    ['4822', '4821'],
    ['7003', '4821'],
  ]);
  for (const use of [real, other]) expect(isZeroed(use)).toBe(true);
});

test('a card that is locked by wrong PINs keeps them to itself', async () => {
  const tape = newTape();
  await play('4821', tape, { pins: ['4822', '4823', '4824'] });
  const one = await play('4821', tape, { pins: ['1112', '1113', '1114'] });
  const other = await play('4821', tape, { pins: ['2225', '3336', '4447'] });
  expect([one.code, other.code]).toEqual(['CARD_LOCKED', 'CARD_LOCKED']);
  expect(differences(one, other)).toEqual([]);
  for (const use of [one, other]) expect(isZeroed(use)).toBe(true);
});

const hashed = (pin: string) => createHash('sha256').update(`salt ${pin}`).digest('hex');
const leaks: Record<string, { readonly leak: NonNullable<Play['leak']>; readonly place: RegExp }> = {
  'its hash in the journal': {
    leak: (pin, ports) => ({
      ...ports,
      journal: {
        ...ports.journal,
        append: (entry) =>
          ports.journal.append({ ...entry, at: hashed(pin) } as Parameters<Ports['journal']['append']>[0]),
      },
    }),
    place: /journal\.jsonl/,
  },
  'four digits in a message': {
    leak: (pin, ports) => ({
      ...ports,
      center: { ...each(ports.center), placeOrder: (order) => ports.center.placeOrder({ ...order, replaces: pin }) },
    }),
    place: /center\.placeOrder/,
  },
  'a bit of it in a random number': {
    leak: (pin, ports) => ({
      ...ports,
      random: (n) => ports.random(n).map((byte, i) => (i === 0 ? byte ^ (Number(pin) & 1) : byte)),
    }),
    place: /center\.placeOrder/,
  },
  'a word on the receipt': {
    leak: (pin, ports) => ({
      ...ports,
      receiptPrinter: {
        ...ports.receiptPrinter,
        print: (lines) => ports.receiptPrinter.print([...lines, hashed(pin).slice(0, 2)]),
      },
    }),
    place: /receipts/,
  },
};
for (const [what, { leak, place }] of Object.entries(leaks))
  test(`a planted leak shows: ${what}`, async () => {
    const tape = newTape();
    expect((await play('4821', tape)).code).toBe('OK');
    const [one, other] = [await play('7358', tape, { leak }), await play('6143', tape, { leak })];
    expect(differences(one, other).some((at) => place.test(at))).toBe(true);
  });

/** The methods of a center that hears, as an object that can be spread. */
function each(center: Ports['center']): Ports['center'] {
  return {
    status: () => center.status(),
    openLogin: () => center.openLogin(),
    askOffers: (...args) => center.askOffers(...args),
    placeOrder: (...args) => center.placeOrder(...args),
    reportPayment: (...args) => center.reportPayment(...args),
    cancelOrder: (...args) => center.cancelOrder(...args),
    reportOutcome: (...args) => center.reportOutcome(...args),
    endSession: (...args) => center.endSession(...args),
  };
}
