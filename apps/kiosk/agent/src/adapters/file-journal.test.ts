import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'vitest';
import type { JournalEntry } from '../journal-entry.ts';
import { openFileJournal, readFileJournal } from './file-journal.ts';

let dir: string;
let file: string;
beforeEach(() => {
  dir = fs.mkdtempSync(join(tmpdir(), 'journal-'));
  file = join(dir, 'journal.jsonl');
});
afterEach(() => fs.rmSync(dir, { recursive: true }));

const at = '2026-06-01T03:00:00.000Z';
const intended = (orderId: string): JournalEntry => ({ at, orderId, event: 'order-intended', feeYen: 300 });
const closed = (orderId: string): JournalEntry => ({ at, orderId, event: 'order-closed', as: 'settled' });
const lineOf = (entry: JournalEntry) => `${JSON.stringify(entry)}\n`;
/** Node’s own writeSync, as far as the journal uses it. */
type Write = (fd: number, bytes: Buffer, offset: number, length: number) => number;
const writingBy = (write: Write) => ({ ...fs, writeSync: write as typeof fs.writeSync });

test('a disk that takes a line in pieces gets all of it', async () => {
  const bitByBit: Write = (fd, bytes, offset, length) => fs.writeSync(fd, bytes, offset, Math.min(length, 7));
  const journal = openFileJournal(dir, { fs: writingBy(bitByBit) });
  await journal.append(intended('a'));
  await journal.append(intended('b'));
  journal.close();
  assert.deepEqual(readFileJournal(dir), [intended('a'), intended('b')]);
});

test('a disk that fails in the middle of a line leaves none of it, and no use begins on it again', async () => {
  let full = false;
  const filling: Write = (fd, bytes, offset, length) => {
    if (full) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    full = bytes.includes('"orderId":"b"');
    return fs.writeSync(fd, bytes, offset, full ? 10 : length);
  };
  const journal = openFileJournal(dir, { fs: writingBy(filling) });
  await journal.append(intended('a'));
  assert.equal(journal.sound(), true);
  await assert.rejects(journal.append(intended('b')), { code: 'KIOSK_NOT_READY' });
  assert.equal(journal.sound(), false);
  assert.deepEqual(journal.openOrders(), ['a']);
  full = false;
  await assert.rejects(journal.append(intended('c')), { code: 'KIOSK_NOT_READY' });
  journal.close();
  assert.equal(fs.readFileSync(file, 'utf8'), lineOf(intended('a')));
});

test('a torn last line is cut off, and the next one stands alone', async () => {
  fs.writeFileSync(file, `${lineOf(intended('a'))}${lineOf(closed('a')).slice(0, 30)}`);
  const journal = openFileJournal(dir);
  await journal.append(closed('a'));
  journal.close();
  assert.deepEqual(readFileJournal(dir), [intended('a'), closed('a')]);
});

test('a torn line to which a later one was glued costs only itself', () => {
  fs.writeFileSync(file, `${lineOf(intended('a'))}${lineOf(closed('a')).slice(0, 50)}${lineOf(intended('b'))}`);
  const journal = openFileJournal(dir);
  assert.deepEqual(journal.openOrders(), ['a', 'b']);
  journal.close();
  assert.deepEqual(readFileJournal(dir), [intended('a'), intended('b')]);
});

test('a line that is no journal at all is not passed over', () => {
  fs.writeFileSync(file, `${lineOf(intended('a'))}garbage\n`);
  assert.throws(() => openFileJournal(dir), SyntaxError);
});

test('a long file begins anew once no order is open, and not before', async () => {
  const first = openFileJournal(dir, { compactAboveBytes: 100 });
  await first.append(intended('a'));
  await first.append(closed('a'));
  await first.append(intended('b'));
  first.close();
  const second = openFileJournal(dir, { compactAboveBytes: 100 });
  assert.equal(readFileJournal(dir).length, 3);
  await second.append(closed('b'));
  second.close();
  const third = openFileJournal(dir, { compactAboveBytes: 100 });
  assert.equal(fs.statSync(file).size, 0);
  await third.append(intended('c'));
  third.close();
  assert.deepEqual(readFileJournal(dir), [intended('c')]);
  assert.deepEqual(fs.readdirSync(dir), ['journal.jsonl']);
});

test('nobody else on the machine may read it, not even when it begins anew', async () => {
  const own = join(dir, 'state');
  const leaveOfOthers = () => [own, join(own, 'journal.jsonl')].map((path) => fs.statSync(path).mode & 0o077);
  const journal = openFileJournal(own);
  await journal.append(intended('a'));
  await journal.append(closed('a'));
  journal.close();
  assert.deepEqual(leaveOfOthers(), [0, 0]);
  openFileJournal(own, { compactAboveBytes: 0 }).close();
  assert.deepEqual(readFileJournal(own), []);
  assert.deepEqual(leaveOfOthers(), [0, 0]);
});
