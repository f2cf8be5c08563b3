import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type CardFile, type CardTransport, JpkiClient } from '@machikado/card';
import { test } from 'vitest';
import { openCardPlace } from './card-place.ts';
import { benchFiles, PIN } from './testing/bench-files.ts';

function place() {
  const { cards } = benchFiles();
  const lying: CardTransport[] = [];
  const opened = openCardPlace({
    cards,
    readerPort: 9,
    connectCard(card) {
      lying.push(card);
      return { takeAway: () => card.close() };
    },
    changed: () => {},
  });
  const triesOnDisk = () => (JSON.parse(readFileSync(cards[0]?.file ?? '', 'utf8')) as CardFile).auth?.triesLeft;
  return { place: opened, lying, triesOnDisk };
}

test('a card lies there once, and not at all when it was taken away', async () => {
  const { place: opened, lying } = place();
  opened.lay(0);
  opened.lay(0);
  assert.equal(lying.length, 1);
  opened.lay(1);
  assert.deepEqual(
    opened.view().map(({ onReader }) => onReader),
    [true, true],
  );
  await opened.takeAway(0);
  await opened.clear();
  await opened.takeAway(0);
  assert.ok(opened.view().every(({ onReader }) => !onReader));
});

test('a wrong PIN costs a try, on the page and on disk; the right one gives it back, and a signature is noticed', async () => {
  const { place: opened, lying, triesOnDisk } = place();
  opened.lay(0);
  const transport = lying[0] as CardTransport;
  const client = new JpkiClient(transport);
  await client.select();
  assert.equal(opened.view()[0]?.chip, 'read');
  await client.verifyPin(Buffer.from('0000'));
  assert.deepEqual([opened.view()[0]?.chip, opened.view()[0]?.triesLeft, triesOnDisk()], ['wrong-pin', 2, 2]);
  await client.verifyPin(Buffer.from(PIN));
  assert.equal(triesOnDisk(), 3);
  // Select the key, then COMPUTE DIGITAL SIGNATURE over bytes that the card hashes itself.
  await transport.transmit(Uint8Array.of(0x00, 0xa4, 0x02, 0x0c, 0x02, 0x00, 0x17));
  await transport.transmit(Uint8Array.of(0x80, 0x2a, 0x01, 0x80, 0x01, 0x41, 0x00));
  assert.equal(opened.view()[0]?.chip, 'signed');
});
