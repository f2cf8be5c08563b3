import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileJournal } from './journal.ts';
import { createRegistry } from './registry.ts';
import { generateTown } from './town/generate-town.ts';

const lgCode = '990019';
const town = generateTown(lgCode, 'test');
const residentId = town.personas.single;
const now = () => new Date('2026-11-20T03:00:00Z');
let dir: string;
let epochs = 0;
const open = (towns = 'these') => fileJournal(dir, towns, () => `epoch ${++epochs}`);
const start = () => createRegistry({ towns: [town], journal: open(), now });

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'registry-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

test('after a restart everything is as it was, to the version', () => {
  const before = start();
  before.apply(lgCode, [{ type: 'protection-set', residentId, protection: 'active' }]);
  before.apply(lgCode, [{ type: 'cert-registered', residentId, anchor: 'a'.repeat(64), serial: '01' }]);
  const [record, feed] = [before.readRecord({ lgCode, residentId }), before.readFeed({ lgCode, after: 0, limit: 9 })];
  before.close();
  const after = start();
  expect(after.readRecord({ lgCode, residentId })).toEqual(record);
  expect(after.readFeed({ lgCode, after: 0, limit: 9 })).toEqual(feed);
  expect(record.members[0]?.protection).toBe('active');
  after.close();
});

test('a line that a crash cut off never happened, and the next one is whole', () => {
  const before = start();
  before.apply(lgCode, [{ type: 'protection-set', residentId, protection: 'active' }]);
  before.close();
  appendFileSync(join(dir, 'changes.jsonl'), '{"at":"2026-11-20T03:00:00.000Z","lgCode":"9900');
  const after = start();
  after.apply(lgCode, [{ type: 'in-process-set', residentId, inProcess: true }]);
  after.close();
  const again = start();
  expect(again.readRecord({ lgCode, residentId }).members[0]).toMatchObject({
    protection: 'active',
    inProcess: true,
  });
  again.close();
});

test('a new history has versions of its own', () => {
  const first = start();
  const { version } = first.readRecord({ lgCode, residentId });
  first.close();
  rmSync(join(dir, 'changes.jsonl'));
  const second = start();
  expect(second.readRecord({ lgCode, residentId }).version).not.toBe(version);
  second.close();
});

test('the journal of other towns is refused and left as it is', () => {
  open('these').close();
  const bytes = readFileSync(join(dir, 'changes.jsonl'));
  expect(() => open('those')).toThrow(RangeError);
  expect(readFileSync(join(dir, 'changes.jsonl'))).toEqual(bytes);
});

test('nobody else on the machine may read it', () => {
  open().close();
  expect(statSync(join(dir, 'changes.jsonl')).mode & 0o077).toBe(0);
});
