/** A card file as a card: a spent try is on disk before the PIN is compared, so that a kill buys no free guess. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { type CardFile, type CardTransport, parseCardFile, VirtualCard, virtualCardTransport } from '@machikado/card';

export interface CardOnDisk {
  readonly file: CardFile;
  layDown(): CardTransport;
}

export function openCardFile(path: string): CardOnDisk {
  const file = parseCardFile(readFileSync(path, 'utf8'));
  return {
    file,
    layDown: () =>
      virtualCardTransport(new VirtualCard(parseCardFile(readFileSync(path, 'utf8')), (state) => save(path, state))),
  };
}

/** Whole or not at all: a card file that is half written would be a dead card. */
function save(path: string, state: CardFile): void {
  const next = `${path}.${process.pid}.next`;
  const fd = openSync(next, 'w', 0o600);
  writeSync(fd, `${JSON.stringify(state, null, 2)}\n`);
  fsyncSync(fd);
  closeSync(fd);
  renameSync(next, path);
}
