/** A card file as a card: a spent try is on disk before the PIN is compared, so that a kill buys no free guess. */
import { readFileSync } from 'node:fs';
import { type CardFile, type CardTransport, parseCardFile, VirtualCard, virtualCardTransport } from '@machikado/card';
import { saveCardFile } from '@machikado/simulators';

export interface CardOnDisk {
  readonly file: CardFile;
  layDown(): CardTransport;
}

export function openCardFile(path: string): CardOnDisk {
  const file = parseCardFile(readFileSync(path, 'utf8'));
  return {
    file,
    layDown: () =>
      virtualCardTransport(
        new VirtualCard(parseCardFile(readFileSync(path, 'utf8')), (state) => saveCardFile(path, state)),
      ),
  };
}
