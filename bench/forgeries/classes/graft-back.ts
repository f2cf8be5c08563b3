/** A front with another name, and a back of which 10 to 50 % come from another certificate: cut at cells, pasted to the pixel. */
import { cellPx } from '@machikado/antiforgery';
import type { Chance } from '../chance.ts';
import { eachPlane, sideOf } from '../draw-side.ts';
import { forgedFront } from '../forge-front.ts';
import type { Forge } from '../forged.ts';
import { type Box, pasted } from '../patch.ts';
import { changeDigit } from './change-digit.ts';
import { exchangeName } from './exchange-name.ts';

const MATRIX = { left: 372, top: 372, columns: 704, rows: 896 };

export const graftBack: Forge = async (scene) => {
  const { workshop, chance, copyWarning } = scene;
  const forged = await forgedFront(chance.pick([exchangeName, changeDigit]), scene);
  if (!forged) return undefined;
  const other = await scene.other();
  const share = chance.between(0.1, 0.5);
  const graft = sideOf(await workshop.print(other.clean, other.sheets, copyWarning), 2);
  const boxes = boxesOf(share, chance);
  const { genuineBack: _, ...untouched } = forged;
  return {
    ...untouched,
    what: `${Math.round(share * 100)} % of ${other.document.name}; ${forged.what}`,
    back: async (inColour) =>
      eachPlane(await forged.back(inColour), await graft(inColour), (on, from) =>
        boxes.reduce((page, box) => pasted(page, from, box), on),
      ),
  };
};

/** One piece off an edge, or many small ones everywhere. */
function boxesOf(share: number, chance: Chance): Box[] {
  const { columns, rows } = MATRIX;
  const pieces: Readonly<Record<string, () => Box[]>> = {
    top: () => [cells(0, 0, columns, rows * share)],
    bottom: () => [cells(0, rows * (1 - share), columns, rows)],
    right: () => [cells(columns * (1 - share), 0, columns, rows)],
    everywhere: () => squares().filter(() => chance.between(0, 1) < share),
  };
  return pieces[chance.pick(Object.keys(pieces))]?.() ?? [];
}

const SIDE = 32;

function squares(): Box[] {
  const { columns, rows } = MATRIX;
  return Array.from({ length: (columns / SIDE) * (rows / SIDE) }, (_, i) => {
    const column = (i % (columns / SIDE)) * SIDE;
    const row = Math.floor(i / (columns / SIDE)) * SIDE;
    return cells(column, row, column + SIDE, row + SIDE);
  });
}

function cells(left: number, top: number, right: number, bottom: number): Box {
  const at = (origin: number, cell: number) => origin + Math.round(cell) * cellPx;
  return {
    left: at(MATRIX.left, left),
    top: at(MATRIX.top, top),
    right: at(MATRIX.left, right),
    bottom: at(MATRIX.top, bottom),
  };
}
