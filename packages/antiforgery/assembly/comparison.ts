/**
 * The three loops of 照合 that look at every pixel many times: laying the photo as the sealed picture lies, Gaussian smoothing, and how alike a
 * piece is at each place around. Numbers are 32-bit floats, four at a time. The caller lays out the memory; src/comparison/twin says the
 * same slowly.
 */

/**
 * Darkness of the photo for each pixel of `out`. `nodes` are x, y and 1 / brightness of the paper by turns (64-bit), `step` pixels of the sealed
 * picture apart; x and y are pixels of the photo, of which `scale` make one of `photo`. Each pixel of `out` is `perPixel` sealed ones, asked in its
 * middle. Beyond the photo there is nothing. `line` has room for the nodes of one line.
 */
export function straighten(
  photo: usize,
  photoWidth: i32,
  photoHeight: i32,
  scale: f64,
  nodes: usize,
  columns: i32,
  rows: i32,
  step: f64,
  line: usize,
  out: usize,
  width: i32,
  height: i32,
  perPixel: f64,
): void {
  memory.fill(out, 0, <usize>(width * height * 4));
  for (let y = 0; y < height; y++) {
    lineOfNodes(nodes, columns, rows, ((<f64>y + 0.5) * perPixel) / step, scale, line);
    fillLine(photo, photoWidth, photoHeight, line, columns, out + <usize>(y * width * 4), width, perPixel / step);
  }
}

/** Between two lines of nodes, in pixels of `photo`. */
function lineOfNodes(nodes: usize, columns: i32, rows: i32, v: f64, scale: f64, line: usize): void {
  const j = min(rows - 2, max(0, <i32>Math.floor(v)));
  const share = v - <f64>j;
  let upper = nodes + <usize>(j * columns * 24);
  let lower = upper + <usize>(columns * 24);
  for (let k = 0; k < columns * 3; k++, upper += 8, lower += 8) {
    const value = load<f64>(upper) + (load<f64>(lower) - load<f64>(upper)) * share;
    // The pixel (i, j) has its middle at (i + 0.5, j + 0.5).
    store<f64>(line + <usize>(k * 8), k % 3 === 2 ? value : value / scale - 0.5);
  }
}

/** `pace`: nodes from one pixel to the next. */
function fillLine(
  photo: usize,
  photoWidth: i32,
  photoHeight: i32,
  line: usize,
  columns: i32,
  out: usize,
  count: i32,
  pace: f64,
): void {
  const right = <f64>(photoWidth - 1);
  const bottom = <f64>(photoHeight - 1);
  let k = 0;
  for (let i = 0; i < columns - 1; i++, line += 24) {
    const end = i === columns - 2 ? count : min(count, <i32>Math.ceil(<f64>(i + 1) / pace - 0.5));
    const from = (<f64>k + 0.5) * pace - <f64>i;
    const du = load<f64>(line, 24) - load<f64>(line);
    const dv = load<f64>(line, 32) - load<f64>(line, 8);
    const dlight = load<f64>(line, 40) - load<f64>(line, 16);
    for (let share = from; k < end; k++, share += pace) {
      const u = load<f64>(line) + du * share;
      const v = load<f64>(line, 8) + dv * share;
      if (!(u >= 0 && v >= 0 && u < right && v < bottom)) continue;
      const value = between(photo, photoWidth, u, v);
      const darkness = max(<f32>-0.5, <f32>1 - value * <f32>(load<f64>(line, 16) + dlight * share));
      store<f32>(out + <usize>(k * 4), darkness);
    }
  }
}

function between(photo: usize, width: i32, u: f64, v: f64): f32 {
  const i = <i32>u;
  const j = <i32>v;
  const a = <f32>(u - <f64>i);
  const at = photo + <usize>(j * width + i);
  const below = at + <usize>width;
  const upper = <f32>load<u8>(at) + (<f32>load<u8>(at, 1) - <f32>load<u8>(at)) * a;
  const lower = <f32>load<u8>(below) + (<f32>load<u8>(below, 1) - <f32>load<u8>(below)) * a;
  return upper + (lower - upper) * <f32>(v - <f64>j);
}

/**
 * Smooths `plane` in its place by the weights of the middle and of its neighbours up to `reach`; beyond the edge there is nothing. `rows` has
 * room for a plane, `line` for one line of it and twice the reach.
 */
export function smooth(
  plane: usize,
  width: i32,
  height: i32,
  weights: usize,
  reach: i32,
  rows: usize,
  line: usize,
): void {
  const lineBytes = <usize>(width * 4);
  const edge = <usize>(reach * 4);
  memory.fill(line, 0, lineBytes + 2 * edge);
  for (let y = 0; y < height; y++) {
    memory.copy(line + edge, plane + <usize>y * lineBytes, lineBytes);
    weighLine(line + edge, rows + <usize>y * lineBytes, width, weights, reach, 4);
  }
  for (let y = 0; y < height; y++) {
    const from = rows + <usize>y * lineBytes;
    const to = plane + <usize>y * lineBytes;
    if (y >= reach && y < height - reach) weighLine(from, to, width, weights, reach, lineBytes);
    else weighEdge(from, to, width, weights, reach, y, height);
  }
}

/** to[x] = weighted sum of from[x], and of what lies k times `stride` bytes before and behind it. */
function weighLine(from: usize, to: usize, width: i32, weights: usize, reach: i32, stride: usize): void {
  let x = 0;
  for (; x + 4 <= width; x += 4, from += 16, to += 16) {
    let sum = f32x4.mul(f32x4.splat(load<f32>(weights)), v128.load(from));
    for (let k = 1; k <= reach; k++) {
      const away = <usize>k * stride;
      const pair = f32x4.add(v128.load(from - away), v128.load(from + away));
      sum = f32x4.add(sum, f32x4.mul(f32x4.splat(load<f32>(weights + <usize>(k * 4))), pair));
    }
    v128.store(to, sum);
  }
  for (; x < width; x++, from += 4, to += 4) {
    let sum = load<f32>(weights) * load<f32>(from);
    for (let k = 1; k <= reach; k++) {
      const away = <usize>k * stride;
      sum += load<f32>(weights + <usize>(k * 4)) * (load<f32>(from - away) + load<f32>(from + away));
    }
    store<f32>(to, sum);
  }
}

/** The first and the last lines have fewer neighbours. */
function weighEdge(from: usize, to: usize, width: i32, weights: usize, reach: i32, y: i32, height: i32): void {
  const first = max(-reach, -y);
  const last = min(reach, height - 1 - y);
  for (let x = 0; x < width; x++, from += 4, to += 4) {
    let sum: f32 = 0;
    for (let k = first; k <= last; k++)
      sum += load<f32>(weights + <usize>(abs(k) * 4)) * load<f32>(from + <usize>(k * width * 4));
    store<f32>(to, sum);
  }
}

/**
 * How alike `pattern` (mean 0, so large in all) is to the plane with its upper left corner at each place from (left, top) on, `across` × `down` of them, `stride`
 * apart: normalised correlation; −1 beyond the plane and where it is blank.
 */
export function likenesses(
  plane: usize,
  planeWidth: i32,
  planeHeight: i32,
  pattern: usize,
  width: i32,
  height: i32,
  energy: f32,
  left: i32,
  top: i32,
  stride: i32,
  across: i32,
  down: i32,
  scores: usize,
): void {
  for (let b = 0; b < down; b++)
    for (let a = 0; a < across; a++, scores += 4) {
      const x = left + a * stride;
      const y = top + b * stride;
      const outside = x < 0 || y < 0 || x + width > planeWidth || y + height > planeHeight;
      const at = plane + <usize>((y * planeWidth + x) * 4);
      store<f32>(scores, outside ? -1 : likeness(at, planeWidth, pattern, width, height, energy));
    }
}

function likeness(at: usize, planeWidth: i32, pattern: usize, width: i32, height: i32, energy: f32): f32 {
  let sums = f32x4.splat(0);
  let squares = sums;
  let products = sums;
  let sum: f32 = 0;
  let square: f32 = 0;
  let product: f32 = 0;
  for (let y = 0; y < height; y++, at += <usize>((planeWidth - width) * 4)) {
    let x = 0;
    for (; x + 4 <= width; x += 4, at += 16, pattern += 16) {
      const values = v128.load(at);
      sums = f32x4.add(sums, values);
      squares = f32x4.add(squares, f32x4.mul(values, values));
      products = f32x4.add(products, f32x4.mul(values, v128.load(pattern)));
    }
    for (; x < width; x++, at += 4, pattern += 4) {
      const value = load<f32>(at);
      sum += value;
      square += value * value;
      product += value * load<f32>(pattern);
    }
  }
  sum += all(sums);
  const spread = square + all(squares) - (sum * sum) / <f32>(width * height);
  return spread <= 1e-6 ? -1 : (product + all(products)) / Mathf.sqrt(spread * energy);
}

function all(four: v128): f32 {
  return (
    f32x4.extract_lane(four, 0) +
    f32x4.extract_lane(four, 1) +
    f32x4.extract_lane(four, 2) +
    f32x4.extract_lane(four, 3)
  );
}
