/** What a PC/SC service may do to the reader; against a real one see pcsc-card-reader.debian.test.ts. */
import assert from 'node:assert/strict';
import { CardTransportError } from '@machikado/card';
import { afterEach, beforeEach, test } from 'vitest';
import type { CardReader } from '../ports.ts';
import { createFakePcsc, type FakePcsc } from '../testing/fake-pcsc.ts';
import { testCard } from '../testing/test-card.ts';
import { type PcscCardReader, pcscCardReader } from './pcsc-card-reader.ts';
import { loadSmartcard } from './smartcard-package.ts';

const SELECT = Buffer.from('00a4040c0ad392f000260100000001', 'hex');
const NAME = 'ACS ACR1252 00 00';
const ever = new AbortController().signal;

let pcsc: FakePcsc;
let reader: PcscCardReader;
beforeEach(async () => {
  pcsc = createFakePcsc();
  reader = await pcscCardReader({ reader: 'ACS ACR1252', pcsc, lookAgainMs: 1, noticeMs: 1 });
});
afterEach(() => reader.close());

const until = (cards: ReturnType<CardReader['cards']>) =>
  new Promise<void>((resolve) => {
    const look = () => {
      if (reader.cards() !== cards) return;
      forget();
      resolve();
    };
    const forget = reader.onChange(look);
    look();
  });

test('is away until the reader is plugged in, and again when it is unplugged', async () => {
  assert.equal(reader.cards(), 'reader-away');
  pcsc.plugIn(NAME);
  await until('none');
  pcsc.layDown(NAME, testCard());
  const card = await reader.waitForCard(ever);
  pcsc.unplug(NAME);
  await until('reader-away');
  await assert.rejects(card.transmit(SELECT), CardTransportError);
});

test('looks at no other reader than the one that is named', async () => {
  pcsc.plugIn('Another 00 00');
  pcsc.plugIn(NAME);
  pcsc.layDown('Another 00 00', testCard());
  pcsc.layDown(NAME, testCard());
  await until('one');
  assert.equal(reader.cards(), 'one');
});

test('has the card for itself, takes long answers, and resets it before it lets go', async () => {
  pcsc.plugIn(NAME);
  pcsc.layDown(NAME, testCard());
  const card = await reader.waitForCard(ever);
  assert.deepEqual(pcsc.did, []);
  await card.transmit(SELECT);
  await card.close();
  assert.deepEqual(pcsc.did, ['connect exclusive 3', 'transmit 15, up to 4096', 'reset', 'disconnect']);
});

test('sees that a card was exchanged for another between two looks', async () => {
  pcsc.plugIn(NAME);
  pcsc.layDown(NAME, testCard());
  const first = await reader.waitForCard(ever);
  const removed = reader.waitForRemoval(ever);
  pcsc.takeAway(NAME);
  pcsc.layDown(NAME, testCard());
  await removed;
  await until('one');
  await assert.rejects(first.transmit(SELECT), CardTransportError);
  assert.equal((await (await reader.waitForCard(ever)).transmit(SELECT)).length, 2);
});

test('is away while the PC/SC service is down, and finds the card when it is back', async () => {
  pcsc.plugIn(NAME);
  pcsc.layDown(NAME, testCard());
  await until('one');
  pcsc.setService(false);
  await until('reader-away');
  pcsc.setService(true);
  await until('one');
});

test('says how to install the package when it is missing', async () => {
  await assert.rejects(loadSmartcard('smartcard-that-nobody-installed'), {
    code: 'SMARTCARD_PACKAGE_MISSING',
    message: /npm install --no-save smartcard@3\.7\.0/,
  });
});
