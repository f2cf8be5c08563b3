import assert from 'node:assert/strict';
import { type VoicePhrase, voicePhrases } from '@machikado/ui';
import { describe, test } from 'vitest';
import type { BenchState, CardView } from './bench-state.ts';
import { stageOf } from './stage.ts';
import { quietBench } from './testing/quiet-bench.ts';

const at = (change: Partial<BenchState>, ...said: readonly VoicePhrase[]) =>
  stageOf({ ...quietBench, voice: said.map((phrase, n) => ({ n, language: 'ja', phrase, text: '…' })), ...change });
const card = (change: Partial<CardView>): CardView => ({
  ...{ label: { ja: '', en: '' }, note: { ja: '', en: '' }, town: '', medium: 'card', pin: '1234', triesLeft: 3 },
  ...{ onReader: true, chip: 'read' },
  ...change,
});
const sheet = { id: 'a', sides: 1, copy: null };

describe('the guide follows the devices', () => {
  test('from the first touch to the certificate', () => {
    const { coins, printer, receipts } = quietBench;
    const slip = { id: 'b', lines: [] };
    assert.deepEqual(
      [
        at({ kiosk: { power: 'starting', screenUrl: null } }),
        at({}),
        at({ lamp: 'ready' }, 'lay-down-card'),
        at({ cards: [card({})] }, 'lay-down-card'),
        at({ cards: [card({})] }, 'choose-municipality'),
        at({ cards: [card({})] }, 'enter-pin'),
        at({ cards: [card({ chip: 'signed' })] }, 'please-wait'),
        at({}, 'choose'),
        at({ coins: { ...coins, inletOpen: true } }, 'insert-money'),
        at({ coins: { ...coins, inletOpen: true, escrowYen: 100 } }, 'insert-money'),
        at({ printer: { ...printer, printing: true } }, 'printing'),
        at({ tray: [sheet] }, 'take-paper'),
        at({ taken: [sheet] }, 'take-paper'),
        at({ taken: [sheet], receipts: { ...receipts, slot: [slip] } }, 'take-receipt'),
        at({ taken: [sheet] }, 'take-receipt'),
        at({ taken: [sheet] }, 'lay-down-card', 'printing', 'take-paper', 'take-receipt', 'welcome'),
        at({ taken: [sheet] }, 'lay-down-card', 'printing', 'thank-you', 'welcome'),
        at({}, 'welcome'),
      ],
      [
        ...['starting', 'begin', 'lay-card', 'reading', 'town', 'pin', 'take-card', 'choose', 'pay', 'pay-up'],
        ...['printing', 'take-paper', 'say-taken', 'tear-receipt', 'done', 'done', 'done', 'begin'],
      ],
    );
  });

  test('a fault comes before everything, and so does a kiosk without power', () => {
    const jammed = { ...quietBench.printer, jammed: true };
    assert.equal(at({ printer: jammed, tray: [sheet] }, 'printing'), 'attend');
    assert.equal(at({ kiosk: { power: 'failed', screenUrl: null }, printer: jammed }), 'power');
  });

  test('returned money is pointed at when a use has ended', () => {
    assert.equal(at({ coins: { ...quietBench.coins, dish: [100, 100] } }, 'ended-early'), 'take-coins');
    assert.equal(at({}, 'ended-early'), 'ended');
  });

  test('after a power cut it points at the money, and claims no certificate because of an older sheet', () => {
    const dish = { ...quietBench.coins, dish: [1000] };
    assert.equal(at({ coins: dish, taken: [sheet] }, 'welcome'), 'take-coins');
    assert.equal(at({ coins: dish, taken: [sheet] }), 'take-coins');
    assert.equal(at({ taken: [sheet] }, 'welcome'), 'begin');
  });

  test('change that nobody took comes before the end; a use that ended early is no success of the one before', () => {
    const dish = { ...quietBench.coins, dish: [100] };
    assert.equal(at({ coins: dish, taken: [sheet] }, 'lay-down-card', 'take-paper', 'take-receipt'), 'take-coins');
    const first = ['lay-down-card', 'printing', 'take-paper', 'take-receipt', 'welcome'] as const;
    for (const end of [[], ['ended-early'], ['printing', 'take-money']] as const)
      assert.equal(at({ taken: [sheet] }, ...first, 'lay-down-card', ...end, 'welcome'), 'begin', end.join());
  });

  test('what the first screen says of a use that was cut off points at coins and slip, then at the beginning', () => {
    const dish = { ...quietBench.coins, dish: [100] };
    const slot = { ...quietBench.receipts, slot: [{ id: 'b', lines: [] }] };
    const late = ['welcome', 'take-money', 'take-receipt'] as const;
    assert.equal(at({ coins: dish, receipts: slot }, ...late), 'take-coins');
    assert.equal(at({ receipts: slot }, ...late), 'tear-receipt');
    assert.equal(at({}, ...late), 'begin');
    assert.equal(at({}, 'welcome', 'take-money'), 'begin');
    assert.equal(at({}, ...late, 'lay-down-card', 'take-money'), 'ended');
  });

  test('two cards: one has to go, whatever was said', () => {
    assert.equal(at({ cards: [card({}), card({})] }, 'lay-down-card'), 'one-card');
  });

  test('every line of the voice leads to a stage', () => {
    for (const phrase of voicePhrases) assert.ok(at({}, phrase), phrase);
  });
});
