import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectCard, openCardReader } from '@machikado/simulators';
import { cardReaderContract } from '../testing/card-reader-contract.ts';
import { toTransport } from '../testing/laid-card.ts';
import { wiredCardReader } from './wired-card-reader.ts';

cardReaderContract('the card reader of the simulators', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'card-reader-'));
  const reader = openCardReader(dir);
  return {
    reader,
    async layDown(laid) {
      const takeAway = () => reader.takeAway(card);
      const card = toTransport(laid, takeAway);
      reader.layDown(card);
      return { takeAway };
    },
    close: async () => rmSync(dir, { recursive: true }),
  };
});

cardReaderContract('the card reader on the card wire', async () => {
  const reader = await wiredCardReader({ port: 0 });
  return {
    reader,
    async layDown(laid) {
      const card = toTransport(laid, () => lying.takeAway());
      const lying = connectCard(card, { port: reader.port, retryMs: 5 });
      return lying;
    },
    close: () => reader.close(),
  };
});
