/**
 * スクランブル画像 (scrambled image), format CS v1: where things lie. Frozen: paper printed today is read for years.
 *
 * The matrix is counted in cells, x to the right and y downwards; the center of cell (x, y) is the point (x + ½, y + ½). On paper a
 * cell is `cellPx` device pixels at `matrixDpi`, so that a 600 dpi engine prints it without a fraction.
 */
export const matrixDpi = 600;
export const cellPx = 6;
/** Upper left corner of the matrix, from the upper left corner of the A4 sheet. */
export const matrixOriginPx = { x: 372, y: 372 } as const;
/** No other printing comes this near. */
export const quietZonePx = 40;

export const tileCells = 32;
export const tilesWide = 22;
export const tilesHigh = 28;
export const cellsWide = tilesWide * tileCells;
export const cellsHigh = tilesHigh * tileCells;
export const cellCount = cellsWide * cellsHigh;
/** The matrix at one bit a cell, most significant bit first. A row is a whole number of bytes. */
export const packedBytes = cellCount / 8;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Bullseyes in the corners: upper left, upper right, lower left, lower right. They are not part of the matrix, which is white there:
 * whoever draws the page draws them as circles, black unless said otherwise, round these points.
 */
export const finderCells = 40;
export const finders: readonly Point[] = [0, cellsHigh - finderCells].flatMap((y) =>
  [0, cellsWide - finderCells].map((x) => ({ x: x + finderCells / 2, y: y + finderCells / 2 })),
);
/** Radii in cells: a black disc, a white ring up to the second, a black ring up to the third; the rest of the square is white. */
export const finderUnit = 5;
export const finderRadii = { disc: 1.5 * finderUnit, gap: 2.5 * finderUnit, ring: 3.5 * finderUnit } as const;

/** Alignment marks: 3×3 black cells in a white square of 7×7, one a tile; the four corner nodes lie under the finders. */
export const markCells = 7;
export const markCoreCells = 3;
export interface MeshNode extends Point {
  /** Column and row of the tile. */
  readonly i: number;
  readonly j: number;
  /** Stands for a finder, so there is no mark. */
  readonly corner: boolean;
}
/** Row by row: node (i, j) has index j * tilesWide + i. */
export const nodes: readonly MeshNode[] = Array.from({ length: tilesWide * tilesHigh }, (_, index) => {
  const i = index % tilesWide;
  const j = Math.floor(index / tilesWide);
  const corner = (i === 0 || i === tilesWide - 1) && (j === 0 || j === tilesHigh - 1);
  return { i, j, x: tileCells * (i + 0.5) + 0.5, y: tileCells * (j + 0.5) + 0.5, corner };
});

/** Cells whose value is known to the reader, on this lattice. */
export const pilotPitch = 5;
export const pilotOffset = 2;
export const pilotCells = 23_819;

/** The first data cells carry the header, all others the picture. */
export const headerCells = 18_432;
export const mainCells = 552_145;
export const dataCells = headerCells + mainCells;
