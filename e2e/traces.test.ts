import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { migrations } from '@machikado/center';
import { expect, test } from 'vitest';
import { ownDatabase } from './own-database.ts';
import { inflateAsFarAsItGoes } from './traces/inflate.ts';
import { searchFolder, searchLines, searchTables } from './traces/places.ts';
import { createTraceScanner } from './traces.ts';

const NAME = '予行　帆也';
const SERIAL = '5f03a1c7';
const KEY = Uint8Array.from({ length: 32 }, (_, i) => (i * 37 + 11) % 256);
const scanner = createTraceScanner([
  { what: 'name', text: NAME },
  { what: 'foreign name', text: 'MIHON DOFELISA' },
  { what: 'serial', text: SERIAL, asWord: true },
  { what: 'key', bytes: KEY },
]);

const utf8 = Buffer.from(NAME);
const utf16le = Buffer.from(NAME, 'utf16le');
const units = Array.from({ length: NAME.length }, (_, i) => NAME.charCodeAt(i).toString(16).padStart(4, '0'));
const noise = (length: number) => Buffer.from(Array.from({ length }, (_, i) => (i * 167 + 43) % 251));
const pad = (bytes: Buffer, before: number) => Buffer.concat([noise(before), bytes, noise(31)]);

const planted: Record<string, Buffer> = {
  'UTF-8': utf8,
  'UTF-16LE': utf16le,
  'UTF-16BE': Buffer.from(utf16le).swap16(),
  'base64 after 0 bytes': Buffer.from(pad(utf8, 0).toString('base64')),
  'base64 after 1 byte': Buffer.from(pad(utf8, 1).toString('base64')),
  'base64 after 2 bytes': Buffer.from(pad(utf8, 2).toString('base64')),
  'base64url of UTF-16': Buffer.from(pad(utf16le, 1).toString('base64url')),
  hex: Buffer.from(pad(utf8, 3).toString('hex')),
  HEX: Buffer.from(pad(utf8, 3).toString('hex').toUpperCase()),
  'hex of UTF-16': Buffer.from(pad(utf16le, 5).toString('hex')),
  'percent escapes': Buffer.from(encodeURIComponent(NAME)),
  'percent escapes, small': Buffer.from(encodeURIComponent(NAME).toLowerCase()),
  'JSON escapes': Buffer.from(units.map((unit) => `\\u${unit}`).join('')),
  'JSON escapes, capitals': Buffer.from(units.map((unit) => `\\u${unit.toUpperCase()}`).join('')),
  'a foreign name in a URL': Buffer.from('/x?name=MIHON%20DOFELISA&y'),
  'a serial in JSON': Buffer.from(`{"serial":"${SERIAL}"}`),
  'a serial as a column between others': Buffer.from(`C0123\x13${SERIAL}C${'0'.repeat(32)}`, 'latin1'),
  'a serial in UTF-16': Buffer.from(`x${SERIAL}x`, 'utf16le'),
  'a key': Buffer.from(KEY),
  'a key in base64': Buffer.from(pad(Buffer.from(KEY), 1).toString('base64')),
};
const packed: Record<string, (bytes: Buffer) => Buffer> = {
  'as it is': (bytes) => bytes,
  'in zlib': (bytes) => deflateSync(bytes),
  'in fast zlib with a small window': (bytes) => deflateSync(bytes, { level: 1, windowBits: 10 }),
  'in gzip': (bytes) => gzipSync(bytes),
  'in raw deflate': (bytes) => deflateRawSync(bytes),
  'in gzip inside zlib': (bytes) => deflateSync(gzipSync(bytes)),
  'in a truncated stream': (bytes) => deflateSync(Buffer.concat([bytes, noise(60_000)])).subarray(0, -500),
  'in zlib in base64': (bytes) => Buffer.from(`"${deflateSync(bytes).toString('base64')}"`),
  'in gzip in hex': (bytes) => Buffer.from(`\\x${gzipSync(bytes).toString('hex')}`),
  'in raw deflate in base64': (bytes) => Buffer.from(`"${deflateRawSync(bytes).toString('base64')}"`),
};

for (const [pack, wrap] of Object.entries(packed))
  test(`a planted trace is found ${pack}, whatever its spelling`, () => {
    for (const [spelling, bytes] of Object.entries(planted)) {
      expect(scanner.scan(wrap(bytes)), spelling).not.toEqual([]);
      if (!pack.includes('raw'))
        expect(scanner.scan(pad(wrap(bytes), 17)), `${spelling}, amid other bytes`).not.toEqual([]);
    }
  });

test('what is not there is not found: other names, half a name, digits inside an id', () => {
  const clean = [
    '予行　帆彦 予行 帆 也',
    `0${SERIAL}0 a${SERIAL}`,
    Buffer.from('予行　帆彦').toString('base64'),
    deflateSync(Buffer.from('予行　帆彦')).toString('base64'),
  ];
  expect(scanner.scan(Buffer.from(clean.join('\n')))).toEqual([]);
  expect(scanner.scan(noise(100_000))).toEqual([]);
});

test('a trace too short to be told from chance is refused', () => {
  expect(() => createTraceScanner([{ what: 'pin', text: '4821' }])).toThrow('too short');
});

test('a trace is found in a file, in the name of a file and in a line; folders that are left out are left out', () => {
  const dir = mkdtempSync(join(tmpdir(), 'machikado-traces-'));
  try {
    mkdirSync(join(dir, 'deep', 'paper'), { recursive: true });
    writeFileSync(join(dir, 'deep', 'job.pdf'), pad(deflateSync(utf8), 100));
    writeFileSync(join(dir, 'deep', `${NAME}.txt`), '');
    writeFileSync(join(dir, 'deep', 'paper', '1.pdf'), utf8);
    const { files, found } = searchFolder(scanner, dir, [join(dir, 'deep', 'paper')]);
    expect(files).toBe(2);
    expect(found.map((line) => line.replace(NAME, '…'))).toEqual([
      expect.stringMatching(/^deep\/job\.pdf: name as UTF-8 in zlib/),
      expect.stringMatching(/^deep\/….txt: name as UTF-8/),
    ]);
  } finally {
    rmSync(dir, { recursive: true });
  }
  expect(searchLines(scanner, 'log', [`{"msg":"${encodeURIComponent(NAME)}"}`]).found).toHaveLength(1);
});

test('a row that was deleted is in no table any more, but it is found in the files of the server', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'machikado-traces-pg-'));
  const database = await ownDatabase(dir, migrations);
  try {
    const plant = 'insert into audit_events (event, at, reason) values ($1, now(), $2)';
    await database.db.query(plant, ['planted', `${NAME} ${'…'.repeat(3_000)}`]);
    expect((await searchTables(scanner, database.ownerDb)).found).toEqual(['audit_events: name as UTF-8']);
    await database.ownerDb.query('delete from audit_events');
    expect((await searchTables(scanner, database.ownerDb)).found).toEqual([]);
    await database.checkpoint();
    const places = searchFolder(scanner, database.serverDir).found.map((line) => line.split(':')[0] ?? '');
    expect(places.some((place) => place.includes('base/'))).toBe(true);
    expect(places.some((place) => place.includes('pg_wal/'))).toBe(true);
  } finally {
    await database.drop();
    rmSync(dir, { recursive: true, force: true });
  }
});

test('a sound stream of any kind is read to its end, and a damaged one to the damage', () => {
  const text = Buffer.from(Array.from({ length: 3_000 }, (_, i) => `${i * 7919} 行`).join(' '));
  for (const how of [...[0, 1, 6, 9].map((level) => ({ level })), { strategy: constants.Z_FIXED }]) {
    const stream = deflateRawSync(text, how);
    expect(inflateAsFarAsItGoes(pad(stream, 3), 3)).toEqual({ inflated: text, end: stream.length + 3 });
  }
  const { inflated: cut } = inflateAsFarAsItGoes(deflateRawSync(text).subarray(0, 4_000), 0);
  expect(cut.length).toBeGreaterThan(1_000);
  expect(text.subarray(0, cut.length)).toEqual(cut);
});
