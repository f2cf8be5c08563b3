/** Takes light, shadow, stain and pale toner out: each sample by mean and deviation of its surroundings of some 18 cells. */
const REACH = 18;
const VARIANCE_MIN = 16;

export function evenOut(samples: Float32Array, width: number): Float32Array {
  const height = samples.length / width;
  const out = new Float32Array(samples.length);
  const columns = { sum: new Float64Array(width), squares: new Float64Array(width) };
  const [sums, squares] = [new Float64Array(width + 1), new Float64Array(width + 1)];
  let top = 0;
  let bottom = 0;
  for (let y = 0; y < height; y++) {
    for (; bottom < Math.min(height, y + REACH + 1); bottom++) addRow(columns, samples, bottom * width, 1);
    for (; top < y - REACH; top++) addRow(columns, samples, top * width, -1);
    for (let x = 0; x < width; x++) {
      sums[x + 1] = (sums[x] as number) + (columns.sum[x] as number);
      squares[x + 1] = (squares[x] as number) + (columns.squares[x] as number);
    }
    for (let x = 0, o = y * width; x < width; x++) {
      const left = x > REACH ? x - REACH : 0;
      const right = x + REACH < width ? x + REACH + 1 : width;
      const n = (right - left) * (bottom - top);
      const mean = ((sums[right] as number) - (sums[left] as number)) / n;
      const variance = ((squares[right] as number) - (squares[left] as number)) / n - mean * mean;
      out[o + x] = ((samples[o + x] as number) - mean) / Math.sqrt(Math.max(VARIANCE_MIN, variance));
    }
  }
  return out;
}

function addRow(
  { sum, squares }: { sum: Float64Array; squares: Float64Array },
  samples: Float32Array,
  offset: number,
  sign: 1 | -1,
): void {
  for (let x = 0; x < sum.length; x++) {
    const value = samples[offset + x] as number;
    sum[x] = (sum[x] as number) + sign * value;
    squares[x] = (squares[x] as number) + sign * value * value;
  }
}
