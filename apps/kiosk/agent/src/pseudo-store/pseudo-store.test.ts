import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JpkiClient } from '@machikado/card';
import { afterEach, beforeEach, describe, test } from 'vitest';
import { freshCardFile, PIN } from '../testing/test-card.ts';
import { readTownFile, type TownFile } from '../town-file.ts';
import { openCardFile } from './card-on-disk.ts';
import { endingOf } from './exit-codes.ts';
import { faults, planOf } from './faults.ts';
import { parseOptions, UsageError } from './options.ts';
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
    const { cardFile, pin, scope, copies, payment, kiosks, centerUrl } = options();
    assert.deepEqual([pin, scope, copies, payment, centerUrl], [PIN, 'self', 1, 'exact', 'https://127.0.0.1:1']);
    assert.equal(cardFile, join(dir, 'card.json'));
    assert.equal(kiosks[0]?.tls.keyFile, join(dir, 'k.pem'));
    assert.equal(kiosks.length, 2);
  });

  test('picks one of the town’s kiosks by its id, and persons make the scope a part', () => {
    const { kiosks, scope, persons } = options('--kiosk', 'kiosk-2', '--persons', '1,3');
    assert.deepEqual([kiosks.map(({ kioskId }) => kioskId), scope, persons], [['kiosk-2'], 'part', [1, 3]]);
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
    const help = usage(JSON.parse(readFileSync(townFile, 'utf8')));
    for (const { form } of Object.values(faults)) assert.ok(help.includes(form), form);
    assert.match(help, /single +一人 \/ alone/);
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
