/**
 * The stand-in’s memory: one line for each batch of changes, on disk before anybody sees it, replayed after a restart. A line
 * that a crash cut off never happened.
 */
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { RegistryChange } from './changes.ts';

export interface JournalEntry {
  readonly at: string;
  readonly lgCode: string;
  readonly changes: readonly RegistryChange[];
}

export interface Journal {
  /** Distinguishes this history from any other of the same towns, so that no version of one is a version of another. */
  readonly epoch: string;
  entries(): readonly JournalEntry[];
  append(entry: JournalEntry): void;
  close(): void;
}

export function memoryJournal(epoch: string): Journal {
  const kept: JournalEntry[] = [];
  return {
    epoch,
    entries: () => [...kept],
    append: (entry) => {
      kept.push(entry);
    },
    close: () => {},
  };
}

/** `towns` says whose changes these are; a journal of other towns is not replayed on these. */
export function fileJournal(dir: string, towns: string, newEpoch: () => string): Journal {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = join(dir, 'changes.jsonl');
  const lines = wholeLines(file);
  const handle = openSync(file, 'a', 0o600);
  const write = (value: unknown) => {
    const { size } = fstatSync(handle);
    try {
      writeSync(handle, `${JSON.stringify(value)}\n`);
      fsyncSync(handle);
    } catch (error) {
      // Half a line must not stand before the next one.
      ftruncateSync(handle, size);
      throw error;
    }
  };
  const [header = { epoch: newEpoch(), towns }, ...entries] = lines.map((line) => JSON.parse(line));
  if (header.towns !== towns) throw new RangeError('the journal belongs to other towns or another seed');
  if (lines.length === 0) write(header);
  return { epoch: header.epoch, entries: () => entries, append: write, close: () => closeSync(handle) };
}

function wholeLines(file: string): string[] {
  if (!existsSync(file)) return [];
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end < bytes.length) truncateSync(file, end);
  return bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
}
