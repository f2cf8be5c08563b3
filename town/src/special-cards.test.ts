import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CardFile, diagnoseCard, JpkiClient, VirtualCard, virtualCardTransport } from '@machikado/card';
import { createTestJpki } from '@machikado/jpki';
import { personaKeys } from '@machikado/registry';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardRack } from './card-rack.ts';
import { inventedTowns } from './invented-towns.ts';
import { CARD_PIN, cardFileOf, type FreshCard, layOut } from './lay-out-cards.ts';
import { orderSpecialCards } from './special-cards.ts';

const dir = mkdtempSync(join(tmpdir(), 'rack-'));
const now = new Date('2026-11-24T03:00:00Z');
const [yunagi, muteki] = inventedTowns;
if (!yunagi || !muteki) throw new Error('two towns');
const revoked: string[] = [];
let fresh: FreshCard[];

beforeAll(async () => {
  const jpki = await createTestJpki({ now: () => now });
  fresh = await orderSpecialCards(yunagi, dir, {
    issueCard: jpki.issueCard,
    revoke: async (cert, reason) => {
      jpki.revoke(cert, reason);
      revoked.push(cert.serial);
      return jpki.statusOf(cert);
    },
  });
  layOut(fresh, yunagi.lgCode, dir);
});
afterAll(() => rmSync(dir, { recursive: true }));

const clientOf = (file: CardFile) => new JpkiClient(virtualCardTransport(new VirtualCard(file, () => undefined)));

test.each([
  ['locked', { kind: 'unusable', cause: 'locked' }],
  ['no-pin', { kind: 'unusable', cause: 'locked' }],
  ['expired', { kind: 'unusable', cause: 'expired' }],
  ['damaged', { kind: 'unusable', cause: 'damaged' }],
  ['other-kind', { kind: 'foreign' }],
  ['not-renewed', { kind: 'usable', token: { medium: 'card' } }],
  ['android', { kind: 'usable', token: { medium: 'android' } }],
  ['iphone', { kind: 'usable', token: { medium: 'iphone' } }],
])('%s is what it says it is', async (key, diagnosis) => {
  const card = fresh.find(({ name }) => name === `special-${key}`);
  if (!card) throw new Error('not ordered');
  expect(await diagnoseCard(clientOf(card.file), now)).toMatchObject(diagnosis);
  expect(card.registrations).toMatchObject([
    { lgCode: yunagi.lgCode, change: { type: 'cert-registered', medium: card.file.medium } },
  ]);
});

test('one alone is revoked, and its PIN is right, so that only the center finds out', async () => {
  const card = fresh.find(({ name }) => name === 'special-not-renewed');
  expect(card?.registrations).toMatchObject([{ change: { serial: revoked[0] } }]);
  expect(revoked).toHaveLength(1);
  expect(card?.file.auth).toMatchObject({ pin: CARD_PIN, triesLeft: 3 });
});

test('what lies there is not ordered again', async () => {
  const refuse = () => Promise.reject(new Error('ordered again'));
  expect(await orderSpecialCards(yunagi, dir, { issueCard: refuse, revoke: refuse })).toEqual([]);
});

test('the rack begins with an ordinary card, lacks none, and tells nobody’s circumstances', () => {
  expect(() => cardRack(inventedTowns, dir)).toThrow(/no card for the rack/);
  const [some] = fresh;
  if (!some) throw new Error('no card');
  for (const { lgCode } of [yunagi, muteki])
    layOut(
      personaKeys.map((name) => ({ ...some, name })),
      lgCode,
      dir,
    );
  const rack = cardRack(inventedTowns, dir);
  expect(rack[0]?.file).toBe(cardFileOf(dir, yunagi.lgCode, 'single'));
  expect(new Set(rack.map(({ file }) => file)).size).toBe(rack.length);
  expect(rack.filter(({ file }) => file.includes('/special-'))).toHaveLength(fresh.length);
  for (const { label, note } of rack) {
    expect([label.ja, label.en, note.ja, note.en].join(' ')).not.toMatch(/支援|保護|被害|protect|victim|violence/i);
  }
});
