/** Darkness as numbers: 0 = paper, about 1 = solid ink. Half-size copies are means of four, so that nothing aliases. */

export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

export const emptyPlane = (width: number, height: number): Plane => ({
  width,
  height,
  values: new Float32Array(width * height),
});

export function halved({ width, height, values }: Plane): Plane {
  const half = emptyPlane(width >> 1, height >> 1);
  for (let y = 0; y < half.height; y++) {
    const upper = 2 * y * width;
    const lower = upper + width;
    for (let x = 0, out = y * half.width, at = 0; x < half.width; x++, at += 2)
      half.values[out + x] =
        ((values[upper + at] as number) +
          (values[upper + at + 1] as number) +
          (values[lower + at] as number) +
          (values[lower + at + 1] as number)) /
        4;
  }
  return half;
}

/** Mean over what each new pixel covers; `perPixel` old pixels become one. */
export function shrunk(plane: Plane, perPixel: number): Plane {
  if (perPixel <= 1) return plane;
  const small = emptyPlane(
    Math.max(1, Math.round(plane.width / perPixel)),
    Math.max(1, Math.round(plane.height / perPixel)),
  );
  const columns = sharesOf(plane.width, small.width);
  const rows = sharesOf(plane.height, small.height);
  const line = new Float64Array(plane.width);
  for (let y = 0; y < small.height; y++) {
    line.fill(0);
    for (const [row, share] of rows[y] as Shares)
      for (let x = 0, at = row * plane.width; x < plane.width; x++)
        line[x] = (line[x] as number) + share * (plane.values[at + x] as number);
    for (let x = 0; x < small.width; x++) {
      let sum = 0;
      for (const [column, share] of columns[x] as Shares) sum += share * (line[column] as number);
      small.values[y * small.width + x] = sum;
    }
  }
  return small;
}

type Shares = readonly (readonly [index: number, share: number])[];

function sharesOf(length: number, pieces: number): Shares[] {
  const step = length / pieces;
  return Array.from({ length: pieces }, (_, i) => {
    const [from, to] = [i * step, Math.min(length, (i + 1) * step)];
    const first = Math.floor(from);
    return Array.from({ length: Math.ceil(to) - first }, (_, k) => {
      const covered = Math.min(first + k + 1, to) - Math.max(first + k, from);
      return [first + k, covered / (to - from)] as const;
    });
  });
}
