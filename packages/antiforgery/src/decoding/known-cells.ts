/** Cells whose colour is certain: 1 = black, 0 = white, −1 = not known. At first the pilots; after a first reading, what it made certain. */
import { cellCount } from '../format/geometry.ts';
import { cellType, layout } from '../format/layout.ts';

let pilots: Int8Array | undefined;

export function pilotsAlone(): Int8Array {
  if (pilots) return pilots;
  const { type, val } = layout();
  pilots = new Int8Array(cellCount).fill(-1);
  for (let cell = 0; cell < cellCount; cell++) if (type[cell] === cellType.pilot) pilots[cell] = val[cell] as number;
  return pilots;
}

export function withPilots(decoded: Int8Array): Int8Array {
  const known = pilotsAlone();
  return decoded.map((value, cell) => (value >= 0 ? value : (known[cell] as number)));
}
