/**
 * The journal as a file of JSON lines. A line is on disk before `append` returns; a torn last line is a step that was never taken.
 * A disk that fails once is not trusted again: what it half wrote is cut off, and no further use begins.
 */
import * as nodeFs from 'node:fs';
import { join } from 'node:path';
import type { JournalEntry } from '../journal-entry.ts';
import { KioskFault } from '../kiosk-fault.ts';
import type { Journal } from '../ports.ts';

export interface FileJournal extends Journal {
  close(): void;
}

export interface FileJournalOptions {
  /** A longer file begins anew when it is opened and holds no open order. */
  readonly compactAboveBytes?: number;
  readonly fs?: Pick<typeof nodeFs, 'writeSync' | 'fsyncSync' | 'ftruncateSync'>;
}

const COMPACT_ABOVE_BYTES = 4 * 1024 * 1024;
const { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync } = nodeFs;

export function openFileJournal(dir: string, options: FileJournalOptions = {}): FileJournal {
  const { compactAboveBytes = COMPACT_ABOVE_BYTES, fs = nodeFs } = options;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = fileIn(dir);
  let { entries, soundBytes } = readSound(file);
  const open = new Map<string, JournalEntry[]>();
  for (const entry of entries) keepWhileOpen(open, entry);
  if (open.size === 0 && soundBytes > compactAboveBytes) {
    beginAnew(file, dir);
    soundBytes = 0;
  }
  const fd = openSync(file, 'a', 0o600);
  fs.ftruncateSync(fd, soundBytes);
  fs.fsyncSync(fd);
  fsyncFolder(dir);
  let failure: unknown;

  const write = (line: Buffer) => {
    for (let written = 0; written < line.length; ) written += fs.writeSync(fd, line, written, line.length - written);
    fs.fsyncSync(fd);
  };
  const cutBack = () => {
    try {
      fs.ftruncateSync(fd, soundBytes);
      fs.fsyncSync(fd);
    } catch {
      // The torn line is then the last one, and the next opening cuts it off.
    }
  };

  return {
    sound: () => failure === undefined,
    async append(entry) {
      if (failure !== undefined) throw new KioskFault('KIOSK_NOT_READY', { cause: failure });
      const line = Buffer.from(`${JSON.stringify(entry)}\n`);
      try {
        write(line);
      } catch (cause) {
        failure = cause;
        cutBack();
        throw new KioskFault('KIOSK_NOT_READY', { cause });
      }
      soundBytes += line.length;
      keepWhileOpen(open, entry);
    },
    entriesOf: (orderId) => open.get(orderId) ?? [],
    openOrders: () => [...open.keys()],
    close: () => closeSync(fd),
  };
}

export function readFileJournal(dir: string): readonly JournalEntry[] {
  return readSound(fileIn(dir)).entries;
}

const fileIn = (dir: string) => join(dir, 'journal.jsonl');

function readSound(file: string): { entries: readonly JournalEntry[]; soundBytes: number } {
  if (!existsSync(file)) return { entries: [], soundBytes: 0 };
  const bytes = readFileSync(file);
  const soundBytes = bytes.lastIndexOf('\n') + 1;
  const lines = bytes.toString('utf8', 0, soundBytes).split('\n').slice(0, -1);
  return { entries: lines.map(parseLine), soundBytes };
}

/** How every line begins, and what can stand inside none: a quotation mark in a text is escaped. */
const BEGINNING = '{"at":"';

/** A line to which a later one was glued was never finished; the later one is whole. */
function parseLine(line: string): JournalEntry {
  return JSON.parse(line.slice(Math.max(line.lastIndexOf(BEGINNING), 0))) as JournalEntry;
}

function beginAnew(file: string, dir: string): void {
  const fresh = `${file}.new`;
  const fd = openSync(fresh, 'w', 0o600);
  nodeFs.fsyncSync(fd);
  closeSync(fd);
  renameSync(fresh, file);
  fsyncFolder(dir);
}

function keepWhileOpen(open: Map<string, JournalEntry[]>, entry: JournalEntry): void {
  if (entry.event === 'order-intended') open.set(entry.orderId, []);
  if (entry.event === 'order-closed') open.delete(entry.orderId);
  else open.get(entry.orderId)?.push(entry);
}

/** A new file is safe only once its folder is. */
function fsyncFolder(dir: string): void {
  const fd = openSync(dir, 'r');
  nodeFs.fsyncSync(fd);
  closeSync(fd);
}
