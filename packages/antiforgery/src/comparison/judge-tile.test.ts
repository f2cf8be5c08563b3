/** The compiled net does what its twin says; sums of 32-bit numbers differ in the last digits. */
import { expect, test } from 'vitest';
import { xorshift32 } from '../format/xorshift.ts';
import { openTileJudge, TILE } from './judge-tile.ts';
import { CELL_NUMBERS, NET_WIDE, netsOf } from './net.ts';
import { judgeTile } from './twin/judge-tile.ts';

const next = xorshift32(20251123);
const noise = (length: number, most: number) => Float32Array.from({ length }, () => (next() / 2 ** 31 - 1) * most);

test('judges a tile of noise by the mean of two nets', () => {
  const length = (9 * CELL_NUMBERS + 1) * NET_WIDE + (9 * NET_WIDE + 1) * NET_WIDE + NET_WIDE + 1;
  const nets = netsOf(noise(2 * length, 0.1), [1, 2]);
  const judge = openTileJudge(nets);
  const cells = noise((TILE + 2 * judge.edge) ** 2 * CELL_NUMBERS, 1);
  judge.cells.set(cells);
  const each = nets.map((net) => judgeTile(net, TILE, cells));
  const said = new Float32Array(TILE ** 2).map((_, at) =>
    each.reduce((sum, scores) => sum + (scores[at] as number) / 2, 0),
  );
  const far = judge.judge().reduce((most, value, at) => Math.max(most, Math.abs(value - (said[at] as number))), 0);
  expect(far).toBeLessThan(1e-5);
  for (const scores of each) expect(scores.some((value) => Math.abs(value) > 0.01)).toBe(true);
});
