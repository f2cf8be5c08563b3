/** Writes a card file back, whole or not at all: one that is half written would be a dead card, one that is late would give a guess away. */
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import type { CardFile } from '@machikado/card';

/** On disk before it returns. */
export function saveCardFile(path: string, state: CardFile): void {
  const next = `${path}.${process.pid}.next`;
  const fd = openSync(next, 'w', 0o600);
  writeSync(fd, `${JSON.stringify(state, null, 2)}\n`);
  fsyncSync(fd);
  closeSync(fd);
  renameSync(next, path);
}
