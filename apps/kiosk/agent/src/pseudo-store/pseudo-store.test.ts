import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JpkiClient } from '@machikado/card';
import { certificateKinds } from '@machikado/protocol';
import { afterEach, beforeEach, describe, test } from 'vitest';
import { fakeOffers } from '../testing/fake-offers.ts';
import { freshCardFile, PIN } from '../testing/test-card.ts';
import { readTownFile, type TownFile } from '../town-file.ts';
import { openCardFile } from './card-on-disk.ts';
import { endingOf } from './exit-codes.ts';
import { faults, planOf } from './faults.ts';
import { parseOptions, UsageError } from './options.ts';
import { tellOffers } from './tell-offers.ts';
import { usage } from './usage.ts';

const TOWN_PIN = 'a'.repeat(64);
let dir: string;
let townFile: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pseudo-store-'));
  townFile = join(dir, 'town.json');
  const tls = { keyFile: 'k.pem', certFile: 'c.pem', caFile: 'ca.pem' };
  const town: TownFile = {
    centerUrl: 'https://127.0.0.1:1',
    centerPins: [TOWN_PIN],
    kiosks: [
      { kioskId: 'kiosk-1', tls },
      { kioskId: 'kiosk-2', tls },
    ],
    sealPublicKeys: [{ kid: 'a', pem: 'PEM' }],
    municipalities: [{ lgCode: '990019', name: '架空県夕凪市' }],
    cardsDir: 'cards',
    personas: { single: { lgCode: '990019', file: 'card.json', pin: PIN, note: { ja: '一人', en: 'alone' } } },
  };
  writeFileSync(townFile, JSON.stringify(town));
  writeFileSync(join(dir, 'card.json'), JSON.stringify(freshCardFile));
});
afterEach(() => rmSync(dir, { recursive: true }));

function options(...argv: string[]) {
  const parsed = parseOptions(['--town', townFile, ...argv]);
  assert.ok(parsed !== 'help');
  return parsed;
}

describe('command line', () => {
  test('needs no option while a town is running', () => {
    const { cardFile, pin, kind, copies, payment, kiosks, centerUrl } = options();
    const [usual, url] = ['resident-record', 'https://127.0.0.1:1'];
    assert.deepEqual([pin, kind, copies, payment, centerUrl], [PIN, usual, 1, 'exact', url]);
    assert.equal(cardFile, join(dir, 'card.json'));
    assert.equal(kiosks[0]?.tls.keyFile, join(dir, 'k.pem'));
    assert.equal(kiosks.length, 2);
  });

  test('picks one of the town’s kiosks by its id', () => {
    assert.deepEqual(
      options('--kiosk', 'kiosk-2').kiosks.map(({ kioskId }) => kioskId),
      ['kiosk-2'],
    );
  });

  test('says which kind, who, which items and which 年度', () => {
    const { kind, scope, persons, items, fiscalYear, listOffers } = options(
      ...['--kind', 'tax-income', '--year', '2025', '--persons', '1,3', '--items', 'birth,sex', '--list-offers'],
    );
    assert.deepEqual([kind, scope, persons, items], ['tax-income', undefined, [1, 3], ['birth', 'sex']]);
    assert.deepEqual([fiscalYear, listOffers, options('--scope', 'household').scope], [2025, true, 'household']);
  });

  test('another center is known by the pins in the kiosk’s folder, and by nothing else', () => {
    const folder = join(dir, 'kiosk-9');
    mkdirSync(folder);
    for (const file of ['key.pem', 'cert.pem', 'ca.pem', 'seal.pem']) writeFileSync(join(folder, file), 'PEM');
    const elsewhere = () => options('--center', 'https://center.example', '--kiosk', folder).centerPins;
    assert.throws(elsewhere, UsageError);
    writeFileSync(join(folder, 'center.pin'), 'PEM');
    assert.throws(elsewhere, UsageError);
    writeFileSync(join(folder, 'center.pin'), '\n');
    assert.throws(elsewhere, UsageError);
    writeFileSync(join(folder, 'center.pin'), `${'b'.repeat(64)}\n${'c'.repeat(64)}\n`);
    assert.deepEqual(elsewhere(), ['b'.repeat(64), 'c'.repeat(64)]);
    assert.deepEqual(options().centerPins, [TOWN_PIN]);
  });

  test.each([
    ['--kind', 'passport'],
    ['--scope', 'everybody'],
    ['--items', 'blood-type'],
    ['--year', '令和8'],
    ['--copies', '0'],
    ['--pay', 'later'],
    ['--fault', 'earthquake'],
    ['--fault', 'lost-reply:nothing'],
    ['--municipality', 'mars'],
    ['--card', 'nobody'],
    ['--unknown', 'x'],
  ])('refuses %s %s', (flag, value) => {
    assert.throws(() => options(flag, value), UsageError);
  });

  test.each([
    ['a key that is missing', { centerUrl: undefined }, /town\.json.*centerUrl/],
    ['a key that is none', { centreUrl: '' }, /town\.json: \/centreUrl/],
    ['a persona without a PIN', { personas: { single: { lgCode: '990019' } } }, /town\.json.*\/personas\/single.*pin/],
  ])('refuses a town file with %s, and names it', (_, change, said) => {
    const town = JSON.parse(readFileSync(townFile, 'utf8'));
    writeFileSync(townFile, JSON.stringify({ ...town, ...change }));
    assert.throws(() => readTownFile(townFile), { name: 'ConfigError', message: said });
  });

  test('refuses a town file that is cut off', () => {
    writeFileSync(townFile, readFileSync(townFile, 'utf8').slice(0, 100));
    assert.throws(() => readTownFile(townFile), /town\.json: not JSON/);
  });

  test('the help lists every fault and every person', () => {
    const town: TownFile = JSON.parse(readFileSync(townFile, 'utf8'));
    const { single } = town.personas;
    assert.ok(single);
    const help = usage({ ...town, personas: { single, '990027/three-generations': single } });
    for (const { form } of Object.values(faults)) assert.ok(help.includes(form), form);
    assert.match(help, /\n {2}single {20}一人 \/ alone\n {2}990027\/three-generations {2}一人/);
  });
});

describe('what is offered', () => {
  test('every kind with its people, items and years, as options', () => {
    const lines: string[] = [];
    tellOffers(fakeOffers('0'.repeat(32), '990019', 300), (line) => void lines.push(line));
    const text = lines.join('\n');
    for (const kind of certificateKinds) assert.ok(text.includes(`--kind ${kind}\n`), kind);
    assert.match(text, /--kind koseki-individual\n.*\n +--scope part, self\n +--persons 1 一郎 \(self\), 2 花子\n/);
    assert.match(text, /--kind tax-income\n.*所得証明書.*300 円.*\n +--scope self\n +--year 2026, 2025\n/);
  });
});

describe('faults', () => {
  test('several can be played together', () => {
    const plan = planOf(['jam:2', 'paper-out:3', 'wrong-pin:2', 'no-change', 'cancel-at:pay']);
    assert.deepEqual(plan.printer, { faults: { 2: 'jam', 3: 'paper-out' } });
    assert.deepEqual(plan.coinUnit, { outOfChange: true });
    assert.deepEqual([plan.wrongPins, plan.cancelAt], [2, 'pay']);
  });
});

describe('a card file', () => {
  test('has the spent try on disk, and stays locked when it is opened again', async () => {
    const path = join(dir, 'card.json');
    for (const left of [2, 1, 0]) {
      const client = new JpkiClient(openCardFile(path).layDown());
      await client.select();
      await client.verifyPin(new TextEncoder().encode('0000'), { lastTryAgreed: true });
      assert.equal(openCardFile(path).file.auth?.triesLeft, left);
    }
  });
});

describe('exit', () => {
  test('an order without a settlement is open, whatever the code', () => {
    assert.equal(endingOf({ code: 'CENTER_UNREACHABLE', orderId: 'a' }), 'open');
    assert.equal(endingOf({ code: 'USE_COUNTER' }), 'refused');
    const settlement = {
      ...{ as: 'settled' as const, copies: [], chargedYen: 0, owedYen: 200 },
      ...{ money: 'owed' as const, changeYen: 0, paidOutYen: 0 },
    };
    assert.equal(endingOf({ code: 'PRINTER_FAULT', orderId: 'a', settlement }), 'partly');
  });
});
