import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CardTransport } from '@machikado/card';
import { test } from 'vitest';
import { openCardReader } from './card-reader.ts';

test('takes down what was laid on it and taken away, and lets a card that is gone answer nothing', async () => {
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
  const waiting = reader.waitForCard();
  reader.layDown(card);
  const used = await waiting;
  assert.deepEqual(await used.transmit(Uint8Array.of(1, 2)), Uint8Array.of(1, 2));
  const away = reader.waitForRemoval();
  await reader.takeAway();
  await away;
  assert.ok(closed);
  await assert.rejects(used.transmit(Uint8Array.of(1)), { name: 'CardTransportError' });
  assert.equal(readFileSync(join(dir, 'card-reader.jsonl'), 'utf8'), '{"did":"card-down"}\n{"did":"card-away"}\n');
  rmSync(dir, { recursive: true });
});
