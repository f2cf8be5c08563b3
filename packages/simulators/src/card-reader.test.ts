import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CardTransport } from '@machikado/card';
import { test } from 'vitest';
import { openCardReader } from './card-reader.ts';

const forEver = new AbortController().signal;

test('waits for the card to lie down and to be taken away', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'card-reader-'));
  let closed = false;
  const card: CardTransport = {
    atr: new Uint8Array(),
    transmit: async (apdu) => apdu,
    reset: async () => {},
    close: async () => {
      closed = true;
    },
  };
  const reader = openCardReader(dir);
  const waiting = reader.waitForCard(forEver);
  reader.layDown(card);
  assert.equal(await waiting, card);
  const away = reader.waitForRemoval(forEver);
  await reader.takeAway();
  await away;
  assert.ok(closed);
  assert.equal(readFileSync(join(dir, 'card-reader.jsonl'), 'utf8'), '{"did":"card-down"}\n{"did":"card-away"}\n');
  rmSync(dir, { recursive: true });
});
