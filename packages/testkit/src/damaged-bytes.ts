/** Damages of any file, drawn from a seed: bits flipped, parts cut out, doubled, moved, overwritten, numbers changed, the end lost. */

/** xorshift32; the same seed gives the same damage on every machine. */
export function chanceFrom(seed: number): (below: number) => number {
  let state = (Math.imul(seed + 1, 0x9e3779b1) ^ 0x5bd1e995) >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

export function damagedBytes(bytes: Uint8Array, seed: number): Uint8Array {
  const chance = chanceFrom(seed);
  let out: Buffer = Buffer.from(bytes);
  for (let times = 1 + chance(3); times > 0; times -= 1) out = (DAMAGES[chance(DAMAGES.length)] as Damage)(out, chance);
  return out;
}

type Damage = (bytes: Buffer, chance: (below: number) => number) => Buffer;

const DAMAGES: readonly Damage[] = [
  (bytes, chance) => changed(bytes, chance(bytes.length), (byte) => byte ^ (1 << chance(8))),
  (bytes, chance) => changed(bytes, chance(bytes.length), () => chance(256)),
  (bytes, chance) => bytes.subarray(0, chance(bytes.length)),
  (bytes, chance) => without(bytes, chance(bytes.length), 1 + chance(64)),
  (bytes, chance) => {
    const [from, to] = [chance(bytes.length), chance(bytes.length)];
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from, from + 1 + chance(200)), bytes.subarray(to)]);
  },
  (bytes, chance) => changedDigit(bytes, chance),
  (bytes, chance) => changedDigit(changedDigit(bytes, chance), chance),
  (bytes, chance) => swapped(bytes, chance(bytes.length), chance(bytes.length), 1 + chance(40)),
];

function changed(bytes: Buffer, at: number, change: (byte: number) => number): Buffer {
  if (bytes.length === 0) return bytes;
  const out = Buffer.from(bytes);
  out[at] = change(bytes[at] as number) & 255;
  return out;
}

function without(bytes: Buffer, at: number, length: number): Buffer {
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
}

/** Lengths, places and numbers of objects are digits: the damage that hurts. */
function changedDigit(bytes: Buffer, chance: (below: number) => number): Buffer {
  const from = chance(bytes.length || 1);
  const at = bytes.subarray(from).findIndex((byte) => byte >= 0x30 && byte <= 0x39);
  return at < 0 ? bytes : changed(bytes, from + at, () => 0x30 + chance(10));
}

function swapped(bytes: Buffer, a: number, b: number, length: number): Buffer {
  const out = Buffer.from(bytes);
  const [first, second] = [bytes.subarray(a, a + length), bytes.subarray(b, b + length)];
  first.copy(out, b);
  second.copy(out, a);
  return out;
}
