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
