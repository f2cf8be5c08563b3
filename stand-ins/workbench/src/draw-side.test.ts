import assert from 'node:assert/strict';
import { loadPdfium } from '@machikado/inspection';
import { test } from 'vitest';
import { drawSide, sheetPx } from './draw-side.ts';
import { twoGreys } from './testing/two-greys.ts';

test('black toner and a mixed grey look the same, and the plane of black tells them apart', async () => {
  const { page, black } = drawSide(await loadPdfium(), twoGreys(), 0);
  assert.ok(!('red' in page), 'nothing here has a colour');
  const at = (xPt: number, yPt: number) =>
    Math.round(((842 - yPt) * 600) / 72) * sheetPx.width + Math.round((xPt * 600) / 72);
  const [left, right, text, bare] = [at(125, 150), at(175, 150), at(350, 710), at(500, 500)];
  assert.ok(Math.abs((page.data[left] ?? 0) - (page.data[right] ?? 0)) < 4);
  assert.ok(Math.abs((black.data[left] ?? 0) - 255 * 0.7) < 2);
  assert.equal(black.data[right], 255);
  assert.deepEqual([page.data[text], black.data[text], page.data[bare], black.data[bare]], [0, 0, 255, 255]);
});
