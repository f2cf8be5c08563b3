/** The journal as a file of JSON lines. A line is on disk before `append` returns; a torn last line is a step that was never taken. */
import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEntry } from '../journal-entry.ts';
import type { Journal } from '../ports.ts';

export interface FileJournal extends Journal {
  close(): void;
}

export function openFileJournal(dir: string): FileJournal {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'journal.jsonl');
  const entries = readFileJournal(dir);
  const fd = openSync(file, 'a');
  ftruncateSync(
    fd,
    entries.reduce((bytes, entry) => bytes + Buffer.byteLength(lineOf(entry)), 0),
  );
  fsyncFolder(dir);
  const open = new Map<string, JournalEntry[]>();
  for (const entry of entries) keepWhileOpen(open, entry);
  return {
    async append(entry) {
      writeSync(fd, lineOf(entry));
      fsyncSync(fd);
      keepWhileOpen(open, entry);
    },
    entriesOf: (orderId) => open.get(orderId) ?? [],
    openOrders: () => [...open.keys()],
    close: () => closeSync(fd),
  };
}

export function readFileJournal(dir: string): readonly JournalEntry[] {
  const file = join(dir, 'journal.jsonl');
  if (!existsSync(file)) return [];
  const whole = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return whole.map((line) => JSON.parse(line) as JournalEntry);
}

function keepWhileOpen(open: Map<string, JournalEntry[]>, entry: JournalEntry): void {
  if (entry.event === 'order-intended') open.set(entry.orderId, []);
  if (entry.event === 'order-closed') open.delete(entry.orderId);
  else open.get(entry.orderId)?.push(entry);
}

const lineOf = (entry: JournalEntry) => `${JSON.stringify(entry)}\n`;

/** A new file is safe only once its folder is. */
function fsyncFolder(dir: string): void {
  const fd = openSync(dir, 'r');
  fsyncSync(fd);
  closeSync(fd);
}
