/** Predictors of FlateDecode (ISO 32000-1 section 7.4.4.4): TIFF’s for 8 bits, and those of PNG. */
import { IntakeRefusal } from './intake-refusal.ts';

export interface Predictor {
  readonly kind: number;
  readonly colors: number;
  readonly bits: number;
  readonly columns: number;
}

/** How many bytes rows of that many samples take, with their mark of the predictor. */
export function predictedLength({ kind, colors, bits, columns }: Predictor, rows: number): number {
  return rows * (Math.ceil((colors * bits * columns) / 8) + (kind >= 10 ? 1 : 0));
}

export function unpredict(bytes: Uint8Array, predictor: Predictor): Uint8Array {
  const { kind, colors, bits, columns } = predictor;
  const rowBytes = Math.ceil((colors * bits * columns) / 8);
  const step = Math.max(1, (colors * bits) >> 3);
  if (kind === 2) return undoTiff(bytes, rowBytes, step, bits);
  const rows = Math.ceil(bytes.length / (rowBytes + 1));
  const out = new Uint8Array(rows * rowBytes);
  for (let row = 0; row < rows; row += 1) {
    const from = row * (rowBytes + 1);
    const line = bytes.subarray(from + 1, from + 1 + rowBytes);
    undoPng(bytes[from] as number, line, out, row * rowBytes, rowBytes, step);
  }
  return out;
}

function undoTiff(bytes: Uint8Array, rowBytes: number, step: number, bits: number): Uint8Array {
  if (bits !== 8) throw new IntakeRefusal('UNSUPPORTED', 'the predictor of TIFF for other than 8 bits');
  const out = Uint8Array.from(bytes);
  for (let i = 0; i < out.length; i += 1)
    if (i % rowBytes >= step) out[i] = (out[i] as number) + (out[i - step] as number);
  return out;
}

function undoPng(kind: number, line: Uint8Array, out: Uint8Array, at: number, rowBytes: number, step: number): void {
  if (kind > 4) throw new IntakeRefusal('BROKEN', 'a row with an unknown predictor');
  for (let i = 0; i < line.length; i += 1) {
    const left = i >= step ? (out[at + i - step] as number) : 0;
    const up = at > 0 ? (out[at + i - rowBytes] as number) : 0;
    const upLeft = at > 0 && i >= step ? (out[at + i - rowBytes - step] as number) : 0;
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)][kind] as number;
    out[at + i] = (line[i] as number) + guess;
  }
}

function paeth(left: number, up: number, upLeft: number): number {
  const [a, b, c] = [Math.abs(up - upLeft), Math.abs(left - upLeft), Math.abs(left + up - 2 * upLeft)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : upLeft;
}
