import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { Paper } from './paper-jobs.ts';
import type { SheetPainter } from './sheet-painter.ts';
import { openTrials } from './trials.ts';

const SHEET = '6f1f4c1e-2f6a-4a53-9f62-0c9a1e0a7d11';

function bench(painter: Partial<SheetPainter>) {
  const laid: { paper: Paper; faces: readonly Uint8Array[] }[] = [];
  const paper: Paper = { id: SHEET, pdf: Uint8Array.of(1), sides: 2, copies: [], copyOf: null };
  const trials = openTrials({
    desk: {
      find: (id) => [paper, ...laid.map((one) => one.paper)].find((one) => one.id === id),
      lay: (copy, faces) => void laid.push({ paper: copy, faces }),
    },
    painter: painter as SheetPainter,
    seed: () => 42,
    changed: () => {},
  });
  return { trials, laid };
}

describe('trials', () => {
  test('a copy is laid beside its original with both faces; a copy of it remembers both copiers', async () => {
    const { trials, laid } = bench({ look: async (_paper, side) => Uint8Array.of(side) });
    await trials.copy(SHEET, 'photo');
    assert.deepEqual(laid[0]?.paper.copies, [{ mode: 'photo', seed: 42 }]);
    assert.deepEqual(
      laid[0]?.faces.map((face) => face[0]),
      [1, 2],
    );
    await trials.copy(laid[0]?.paper.id ?? '', 'text-600');
    assert.deepEqual(
      laid[1]?.paper.copies.map(({ mode }) => mode),
      ['photo', 'text-600'],
    );
    assert.deepEqual(
      laid.map(({ paper }) => paper.copyOf),
      [SHEET, laid[0]?.paper.id],
    );
    assert.equal(trials.work(), null);
  });

  test('a photograph is taken of each side; the progress is told', async () => {
    const seen: unknown[] = [];
    const { trials } = bench({
      shoot: async (_paper, level, seed, progress) => {
        assert.deepEqual([level, seed], ['phone-poor', 42]);
        progress(1);
        seen.push(trials.work());
        return [Uint8Array.of(7), Uint8Array.of(8)];
      },
    });
    await trials.shoot(SHEET, 'phone', 'poor');
    assert.deepEqual(seen, [{ sheet: SHEET, kind: 'phone', done: 1, of: 2, failed: false }]);
    const [front, back] = trials.shots();
    assert.deepEqual([front?.side, back?.side, front?.group === back?.group], [1, 2, true]);
    assert.deepEqual(trials.shot(back?.id ?? ''), Uint8Array.of(8));
    trials.putAway();
    assert.equal(trials.shot(back?.id ?? ''), undefined);
  });

  test('what was put away meanwhile leaves nothing behind, and a failure is said', async () => {
    let finish = (_: Uint8Array) => {};
    const { trials, laid } = bench({
      look: () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
      shoot: async () => {
        throw new Error('drawn to death');
      },
    });
    const copying = trials.copy(SHEET, 'photo');
    trials.putAway();
    finish(Uint8Array.of(1));
    await copying;
    assert.deepEqual([laid.length, trials.work()], [0, null]);
    await trials.shoot(SHEET, 'flatbed', 'good');
    assert.equal(trials.work()?.failed, true);
  });
});
