/** A curve through red, green and blue as a table of 256 inks (ISO 32000-1 section 7.10.2). */
import { deflateSync } from 'node:zlib';
import type { CleanObject } from '../clean-object.ts';
import { Ref } from '../values.ts';
import type { Curve } from './evaluate-function.ts';
import { clamped, toCmyk } from './ink.ts';

const STEPS = 256;

/** Adds the table to the objects. */
export function inkFunction(curve: Curve, [low, high]: readonly [number, number], objects: CleanObject[]): Ref {
  const table = Array.from({ length: STEPS }, (_, i) => {
    const [r = 0, g = 0, b = 0] = curve(low + (i / (STEPS - 1)) * (high - low)).map(clamped);
    return toCmyk(r, g, b).map((part) => Math.round(part * 255));
  });
  return new Ref(
    objects.push({
      role: 'data',
      dict: new Map<string, never>([
        ['FunctionType', 0],
        ['Domain', [low, high]],
        ['Range', [0, 1, 0, 1, 0, 1, 0, 1]],
        ['Size', [STEPS]],
        ['BitsPerSample', 8],
      ] as never),
      stored: { data: deflateSync(Uint8Array.from(table.flat())), filter: 'FlateDecode' },
    }),
    0,
  );
}
