/** Places on a sheet of paper, in millimetres from its top left corner. */
export interface Box {
  readonly xMm: number;
  readonly yMm: number;
  readonly wMm: number;
  readonly hMm: number;
}

export const a4 = { widthMm: 210, heightMm: 297 } as const;

export function holds(box: Box, xMm: number, yMm: number): boolean {
  return xMm >= box.xMm && xMm <= box.xMm + box.wMm && yMm >= box.yMm && yMm <= box.yMm + box.hMm;
}

export function middleOf(box: Box): readonly [xMm: number, yMm: number] {
  return [box.xMm + box.wMm / 2, box.yMm + box.hMm / 2];
}

/** To a tenth of a millimetre, each edge. */
const SAME_MM = 0.1;

export function isSameBox(a: Box, b: Box): boolean {
  return edgesOf(a).every((edge, i) => Math.abs(edge - (edgesOf(b)[i] as number)) <= SAME_MM);
}

/** Not farther out than boxes that count as the same. */
export function isWithin(inner: Box, outer: Box): boolean {
  const [left, top, right, bottom] = edgesOf(inner);
  const [l, t, r, b] = edgesOf(outer);
  return left >= l - SAME_MM && top >= t - SAME_MM && right <= r + SAME_MM && bottom <= b + SAME_MM;
}

/** The smallest box that holds all of them, of which there is one at least. */
export function unionOf(boxes: readonly Box[]): Box {
  const edges = boxes.map(edgesOf);
  const xMm = Math.min(...edges.map(([left]) => left));
  const yMm = Math.min(...edges.map(([, top]) => top));
  const right = Math.max(...edges.map(([, , edge]) => edge));
  const bottom = Math.max(...edges.map(([, , , edge]) => edge));
  return { xMm, yMm, wMm: right - xMm, hMm: bottom - yMm };
}

function edgesOf({ xMm, yMm, wMm, hMm }: Box): readonly [left: number, top: number, right: number, bottom: number] {
  return [xMm, yMm, xMm + wMm, yMm + hMm];
}
