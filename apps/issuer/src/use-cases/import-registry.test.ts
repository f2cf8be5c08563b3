import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Municipality } from '../ports.ts';
import { parseStaffLine, runStaffCommand } from '../staff/run-staff-command.ts';
import { type Bench, createBench, NOON, YUNAGI } from '../testing/issuer-bench.ts';
import { type FileRow, type FileRows, writeRegistryFiles } from '../testing/registry-files.ts';
import { importRegistry } from './import-registry.ts';

let bench: Bench;
let town: Municipality;
let dir: string;
let files: { -readonly [F in keyof Required<FileRows>]: FileRow[] };
beforeAll(async () => {
  bench = await createBench();
  town = bench.towns.get(YUNAGI) as Municipality;
  dir = mkdtempSync(path.join(tmpdir(), 'files-'));
});
afterAll(async () => {
  await bench.close();
  rmSync(dir, { recursive: true });
});
beforeEach(async () => {
  bench.clock.now = NOON;
  const tables = ['registry_row', 'registry_event', 'registry_import', 'delivery_record'];
  await bench.database.ownerDb.query(`truncate ${tables.map((table) => `m${YUNAGI}.${table}`).join(', ')}`);
  files = {
    residents: [resident('r1', '夕凪 太郎'), resident('r2', '夕凪 花子', { 記載順位: 2, 続柄: '妻' })],
    protections: [
      { 宛名番号: 'r2', 支援措置開始年月日: '2026-01-10', 支援措置終了年月日: '2026-02-10', 措置区分: '支援措置' },
    ],
    seals: [seal('s1')],
    tax: [],
    koseki: [koseki('r1', 1)],
    'address-history': [],
    certs: [cert('0a')],
  };
});

function resident(宛名番号: string, 氏名: string, more: FileRow = {}): FileRow {
  return {
    ...{
      宛名番号,
      世帯番号: 'h1',
      記載順位: 1,
      住民種別: '日本人',
      住民状態: '現存',
      異動処理中: 0,
      世帯主氏名: '夕凪 太郎',
    },
    ...{ 続柄: '世帯主', 氏名, 氏名_フリガナ確認状況: 0, 生年月日: '1985-03-00', 住所_都道府県: '架空県', ...more },
  };
}
function seal(印鑑登録番号: string, more: FileRow = {}): FileRow {
  const imprint = { 印影: 'AAAA', 印影_幅: 12, 印影_高さ: '12.5' };
  return { 宛名番号: 'r1', 印鑑登録番号, 登録状態: '登録', 登録年月日: '2015-06-01', ...imprint, ...more };
}
function koseki(宛名番号: string, 記載順位: number, more: FileRow = {}): FileRow {
  const book = { 戸籍番号: 'k1', 戸籍状態: '現在', 本籍: '架空県夕凪市港町1番', 筆頭者: '夕凪 太郎', 戸籍事項: '[]' };
  const one = { 名: '太郎', 生年月日: '1985-03-05', 続柄: '長男', 記載状態: '在籍', 身分事項: '[]' };
  return { 宛名番号, 記載順位, ...book, ...one, ...more };
}
function cert(シリアル番号: string, more: FileRow = {}): FileRow {
  const claim = { 登録区分: '住所地', 登録状態: '登録', 登録日時: '2026-11-01T00:00:00Z', 媒体: 'カード' };
  return { 宛名番号: 'r1', 発行者: 'a'.repeat(64), シリアル番号, ...claim, ...more };
}
function change<F extends keyof FileRows>(file: F, i: number, more: FileRow): void {
  files[file][i] = { ...files[file][i], ...more };
}
async function bring(options: { dryRun?: boolean; acceptEndings?: boolean } = {}) {
  writeRegistryFiles(dir, YUNAGI, files);
  return importRegistry({ dir, dryRun: false, acceptEndings: false, ...options }, town, bench.ports);
}
const codes = async (options = {}) =>
  (await bring(options)).rejections.map(({ file, line, code, column }) =>
    [`${file}:${line}`, code, column].filter(Boolean).join(' '),
  );
const rows = () =>
  bench.rows<{ id: string; ended: boolean; final: boolean; version: number }>(
    `select id, ended, final, version from registry_row where file in ('residents', 'seals', 'protections') order by file, id`,
  );
const eventTypes = async () =>
  (await bench.rows<{ type: string }>(`select event ->> 'type' as type from registry_event order by seq`)).map(
    ({ type }) => type,
  );

describe('an import', () => {
  test('takes the files over and tells what follows from them, once', async () => {
    expect(await bring()).toEqual({ rejections: [], rows: 6, changed: 6, ended: 0 });
    expect(await eventTypes()).toEqual(['moved-in', 'moved-in', 'seal-registered', 'cert-registered']);
    expect(await bring()).toEqual({ rejections: [], rows: 6, changed: 0, ended: 0 });
    expect(await eventTypes()).toHaveLength(4);
  });

  test('with a wrong row takes over nothing', async () => {
    change('residents', 1, { 生年月日: '1985-02-30' });
    expect(await codes()).toEqual(['001o006.csv:3 date-malformed 生年月日']);
    expect([await rows(), await eventTypes()]).toEqual([[], []]);
  });

  test('as a dry run says the same and writes nothing', async () => {
    expect(await bring({ dryRun: true })).toMatchObject({ rejections: [], rows: 6, changed: 6 });
    change('seals', 0, { 印影_幅: 99 });
    expect(await codes({ dryRun: true })).toEqual(['inkan.csv:2 not-in-shape']);
    expect(await rows()).toEqual([]);
  });

  test('ends what a file no longer names, but no protection', async () => {
    await bring();
    files.residents.splice(1);
    files.seals = [];
    files.protections = [];
    await bring();
    expect(await rows()).toEqual([
      { id: 'r2 2026-01-10', ended: false, final: false, version: 1 },
      ...[
        { id: 'r1', ended: false, final: false, version: 1 },
        { id: 'r2', ended: true, final: false, version: 1 },
        { id: 's1', ended: true, final: true, version: 1 },
      ],
    ]);
    expect((await eventTypes()).slice(4)).toEqual(['moved-out', 'seal-cancelled']);
  });

  test('ends a protection by its own row only, never by its last day', async () => {
    await bring();
    change('protections', 0, { 履歴番号: 2, 削除フラグ: 1 });
    await bring();
    expect((await rows())[0]).toMatchObject({ id: 'r2 2026-01-10', ended: true });
  });

  test('does not look at rows that are not the newest', async () => {
    files.residents.push(resident('r1', '', { 最新フラグ: 0, 履歴番号: 9 }));
    expect(await bring()).toMatchObject({ rejections: [], rows: 6 });
  });

  test('believes no file that forgets half the town, until staff say that it is so', async () => {
    files.residents.push(
      ...Array.from({ length: 60 }, (_, i) => resident(`x${i}`, '浜 一', { 記載順位: 1, 世帯番号: `x${i}` })),
    );
    await bring();
    files.residents.splice(30);
    expect(await codes()).toEqual(['001o006.csv:0 too-many-endings']);
    expect(await bring({ acceptEndings: true })).toMatchObject({ rejections: [], ended: 32 });
  });
});

describe('a row is rejected, by line and code and never with what it says,', () => {
  test.each<[string, () => void, string]>([
    [
      'of another municipality',
      () => change('residents', 0, { 市区町村コード: '990027' }),
      '001o006.csv:2 other-municipality 市区町村コード',
    ],
    ['without what it needs', () => change('residents', 0, { 氏名: '' }), '001o006.csv:2 cell-empty 氏名'],
    [
      'with a word that nobody knows',
      () => change('residents', 0, { 住民状態: '不明' }),
      '001o006.csv:2 word-unknown 住民状態',
    ],
    [
      'with a number that is none',
      () => change('residents', 0, { 記載順位: '一' }),
      '001o006.csv:2 number-malformed 記載順位',
    ],
    [
      'with a flag that is none',
      () => change('residents', 0, { 削除フラグ: '2' }),
      '001o006.csv:2 flag-malformed 削除フラグ',
    ],
    ['with half a list', () => change('koseki', 0, { 身分事項: '[{"title":' }), 'koseki.csv:2 list-malformed 身分事項'],
    [
      'with a smuggled half letter',
      () => change('koseki', 0, { 身分事項: '["\\ud800"]' }),
      'koseki.csv:2 list-malformed 身分事項',
    ],
    ['with a list of something else', () => change('koseki', 0, { 身分事項: '[1]' }), 'koseki.csv:2 not-in-shape'],
    ['that came twice', () => files.seals.push(seal('s1')), 'inkan.csv:3 told-twice'],
    [
      'of a book that says two things',
      () => files.koseki.push(koseki('r2', 2, { 本籍: '他' })),
      'koseki.csv:3 book-torn',
    ],
    ['of somebody unknown', () => change('seals', 0, { 宛名番号: 'r404' }), 'inkan.csv:2 resident-unknown'],
  ])('%s', async (_, spoil, said) => {
    spoil();
    expect(await codes()).toEqual([said]);
  });

  test.each<[string, () => void, string]>([
    ['older than what is known', () => change('residents', 0, { 履歴番号: 0 }), '001o006.csv:2 older-than-known'],
    [
      'that says something else under its old version',
      () => change('residents', 0, { 氏名: '夕凪 次郎' }),
      '001o006.csv:2 changed-under-one-version',
    ],
    [
      'that gives a seal to another resident',
      () => change('seals', 0, { 宛名番号: 'r2', 履歴番号: 2 }),
      'inkan.csv:2 owner-changed',
    ],
  ])('%s', async (_, spoil, said) => {
    await bring();
    spoil();
    expect(await codes()).toEqual([said]);
  });

  test.each<[string, () => void, () => void, string]>([
    [
      'that revives a cancelled seal',
      () => change('seals', 0, { 登録状態: '廃止', 履歴番号: 2 }),
      () => change('seals', 0, { 登録状態: '登録', 履歴番号: 3 }),
      'inkan.csv:2 revives-ended',
    ],
    [
      'that revives a seal which a file had left out',
      () => files.seals.splice(0),
      () => files.seals.push(seal('s1', { 履歴番号: 5 })),
      'inkan.csv:2 revives-ended',
    ],
    [
      'that revives the dead',
      () => change('residents', 1, { 住民状態: '死亡', 履歴番号: 2 }),
      () => change('residents', 1, { 住民状態: '現存', 履歴番号: 3 }),
      '001o006.csv:3 revives-ended',
    ],
    [
      'that revives a cert',
      () => change('certs', 0, { 登録状態: '失効', 履歴番号: 2 }),
      () => change('certs', 0, { 登録状態: '登録', 履歴番号: 3 }),
      'riyosha.csv:2 revives-ended',
    ],
  ])('%s', async (_, end, revive, said) => {
    await bring();
    end();
    expect(await codes()).toEqual([]);
    revive();
    expect(await codes()).toEqual([said]);
  });
});

describe('a file is rejected', () => {
  test.each<[string, () => void, string]>([
    ['that is missing', () => rmSync(path.join(dir, 'kazei.csv')), 'kazei.csv:0 file-missing'],
    [
      'that is not UTF-8',
      () => writeFileSync(path.join(dir, 'kazei.csv'), Buffer.from([0x8f, 0x5a])),
      'kazei.csv:0 not-text',
    ],
    ['whose quotes never end', () => writeFileSync(path.join(dir, 'kazei.csv'), '"a'), 'kazei.csv:0 quotes-open'],
  ])('%s', async (_, spoil, said) => {
    writeRegistryFiles(dir, YUNAGI, files);
    spoil();
    const { rejections } = await importRegistry({ dir, dryRun: true, acceptEndings: false }, town, bench.ports);
    expect(rejections.map(({ file, line, code }) => `${file}:${line} ${code}`)).toEqual([said]);
  });

  test('whose head line lacks a column or has a strange one', async () => {
    writeRegistryFiles(dir, YUNAGI, files);
    writeFileSync(path.join(dir, 'kazei.csv'), '市区町村コード,秘密\r\n');
    const { rejections } = await importRegistry({ dir, dryRun: true, acceptEndings: false }, town, bench.ports);
    expect(rejections.map(({ code }) => code)).toEqual([...Array(18).fill('column-missing'), 'column-unknown']);
    expect(JSON.stringify(rejections)).not.toContain('秘密');
  });
});

test('the command says what is wrong, or what was done', async () => {
  writeRegistryFiles(dir, YUNAGI, files);
  const run = (...more: string[]) =>
    runStaffCommand(parseStaffLine(['import-registry', '--lg-code', YUNAGI, '--dir', dir, ...more]), bench.ports);
  expect(await run('--dry-run')).toEqual(['6 rows, 6 changed, 0 ended: sound']);
  expect(await run()).toEqual(['6 rows, 6 changed, 0 ended: taken over']);
  change('residents', 0, { 氏名: '' });
  writeRegistryFiles(dir, YUNAGI, files);
  await expect(run()).rejects.toThrow('001o006.csv:2: cell-empty 氏名\nnothing was taken over');
});
