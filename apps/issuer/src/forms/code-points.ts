/** Ranges of code points as manifests and tables write them: 「U+E000」 or 「U+E000-E0FF」. */
export interface CodePoints {
  readonly from: number;
  readonly to: number;
}

export function parseCodePoints(text: string): CodePoints {
  const [, first, last = first] = /^U\+([0-9A-F]{4,6})(?:-([0-9A-F]{4,6}))?$/.exec(text) ?? [];
  const [from, to] = [Number.parseInt(first ?? '', 16), Number.parseInt(last ?? '', 16)];
  if (!(from <= to && to <= 0x10ffff)) throw new RangeError(`not a range of code points: ${text}`);
  return { from, to };
}

export function includes(ranges: readonly CodePoints[], point: number): boolean {
  return ranges.some(({ from, to }) => point >= from && point <= to);
}

/** 外字 areas: what stands there means something else in every town, unless a table says what. */
export function isPrivateUse(point: number): boolean {
  return (point >= 0xe000 && point <= 0xf8ff) || point >= 0xf0000;
}
