/** Twin of the assembly: decodes one block of the error-correcting code, check by check, in the same whole numbers. */
import type { LdpcCode } from '../ldpc-code.ts';
import { quantize } from '../ldpc-decoder.ts';
import { isCodeword } from './ldpc-encode.ts';

export function decodeBlock(code: LdpcCode, soft: Float32Array, roundsMax: number) {
  const values = new Int16Array(code.codedBits);
  quantize(soft, values, code.codedBits);
  const messages = code.rows.map((edges) => edges.map(() => new Int16Array(code.z)));
  const bits = () => Uint8Array.from(values, (value) => Number(value < 0));
  for (let round = 1; round <= roundsMax; round++) {
    for (const [r, edges] of code.rows.entries())
      for (let k = 0; k < code.z; k++) {
        const places = edges.map(({ column, shift }) => column * code.z + ((k + shift) % code.z));
        const told = (edge: number) => messages[r]?.[edge] as Int16Array;
        const news = check(
          places.map((place, edge) => saturated((values[place] as number) - (told(edge)[k] as number), -32767)),
        );
        for (const [edge, { value, message }] of news.entries()) {
          told(edge)[k] = message;
          values[places[edge] as number] = saturated(value + message, -32768);
        }
      }
    if (isCodeword(code, bits())) return { rounds: round, word: packed(bits()) };
  }
  return { rounds: 0, word: packed(bits()) };
}

/** Each bit is told the least certain of the others, by thirteen sixteenths, with the sign that makes the sum even. */
function check(values: readonly number[]): { value: number; message: number }[] {
  const sizes = values.map(Math.abs);
  const [least = 0, second = 0] = [...sizes].sort((a, b) => a - b);
  const odd = values.filter((value) => value < 0).length % 2 === 1;
  return values.map((value, edge) => {
    const other = sizes[edge] === least ? second : least;
    const size = other - (other >> 2) + (other >> 4);
    return { value, message: odd !== value < 0 ? -size : size };
  });
}

function saturated(value: number, least: number): number {
  return Math.min(32767, Math.max(least, value));
}

function packed(bits: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: bits.length / 8 }, (_, i) =>
    bits.subarray(i * 8, i * 8 + 8).reduce((byte, bit) => (byte << 1) | bit, 0),
  );
}
