/** What happens to a paper in somebody’s hands: coffee, pens, folds, a note stuck on it. Drawn on the printed page itself. */
import type { Raster } from '@machikado/antiforgery';
import { type Chance, chanceOf } from './chance.ts';
import type { DamageParameters } from './channel-parameters.ts';
import { blacken, fold, hide, type PageBox, stain, stroke } from './damage-marks.ts';

/** Where the matrix lies on an A4 page, as shares of its width and height: damage elsewhere tells nothing of the reader. */
const MATRIX = { x: 372 / 4961, y: 372 / 7016, width: 4224 / 4961, height: 5376 / 7016 };
const CORNER = 40 / 704;

export function damagePage(page: Raster, damage: DamageParameters, seed: number): void {
  const chance = chanceOf(seed, 'damage');
  const box = matrixOn(page);
  spillCoffee(page, box, damage.stainShare, chance);
  for (let n = 0; n < damage.penStrokes; n += 1) stroke(page, box, chance);
  if (damage.folded) {
    for (const share of chance.pick([[1 / 3, 2 / 3], [1 / 2]])) fold(page, share, chance);
  }
  if (damage.hiddenShare > 0) hide(page, box, damage.hiddenShare, chance);
  const side = box.width * CORNER;
  for (let n = 0; n < damage.hiddenCorners; n += 1) {
    const right = n === 1 || n === 3;
    const x = right ? box.x + box.width - side : box.x;
    const y = n >= 2 ? box.y + box.height - side : box.y;
    blacken(page, { x, y, width: side, height: side });
  }
}

function matrixOn({ width, height }: Raster): PageBox {
  return {
    x: MATRIX.x * width,
    y: MATRIX.y * height,
    width: MATRIX.width * width,
    height: MATRIX.height * height,
  };
}

/** Several stains until their share of the matrix is reached. */
function spillCoffee(page: Raster, box: PageBox, share: number, chance: Chance): void {
  const matrix = box.width * box.height;
  for (let left = share * matrix; left > matrix * 0.002; ) {
    const area = Math.min(left, matrix * chance.between(0.01, 0.035));
    left -= area;
    stain(page, box, area, chance);
  }
}
