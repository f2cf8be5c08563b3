import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectCard, openCardReader } from '@machikado/simulators';
import { cardReaderContract } from '../testing/card-reader-contract.ts';
import { wiredCardReader } from './wired-card-reader.ts';

cardReaderContract('the card reader of the simulators', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'card-reader-'));
  const reader = openCardReader(dir);
  return {
    reader,
    layDown(card) {
      reader.layDown(card);
      return { takeAway: () => reader.takeAway(card) };
    },
    close: async () => rmSync(dir, { recursive: true }),
  };
});

cardReaderContract('the card reader on the card wire', async () => {
  const reader = await wiredCardReader({ port: 0 });
  return {
    reader,
    layDown: (card) => connectCard(card, { port: reader.port, retryMs: 5 }),
    close: () => reader.close(),
  };
});
