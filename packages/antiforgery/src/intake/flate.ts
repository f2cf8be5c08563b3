/** FlateDecode within a budget: a bomb stops at the limit. */
import { inflateSync } from 'node:zlib';
import { intakeLimits } from './intake-limits.ts';
import { IntakeRefusal } from './intake-refusal.ts';

/** What all streams of one document may still become. */
export interface Budget {
  inflatedBytes: number;
}

export const newBudget = (): Budget => ({ inflatedBytes: intakeLimits.inflatedBytesMax });

export interface Inflated {
  readonly bytes: Uint8Array;
  /** How much of the input was deflated data. */
  readonly used: number;
}

export function inflate(raw: Uint8Array, budget: Budget): Inflated {
  const maxOutputLength = Math.min(intakeLimits.streamBytesMax, budget.inflatedBytes);
  try {
    const { buffer, engine } = inflateSync(raw, {
      maxOutputLength: Math.max(1, maxOutputLength),
      chunkSize: Math.min(1 << 20, Math.max(1 << 14, raw.length * 4)),
      info: true,
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    spend(buffer.length, budget);
    return { bytes: buffer, used: engine.bytesWritten };
  } catch (cause) {
    if (cause instanceof IntakeRefusal) throw cause;
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new IntakeRefusal('TOO_COMPLEX', 'a stream that inflates without end', { cause });
    throw new IntakeRefusal('BROKEN', 'deflated data that does not inflate', { cause });
  }
}

/** What other filters make is counted as well. */
export function spend(bytes: number, budget: Budget): void {
  budget.inflatedBytes -= bytes;
  if (budget.inflatedBytes < 0 || bytes > intakeLimits.streamBytesMax)
    throw new IntakeRefusal('TOO_COMPLEX', 'streams that inflate without end');
}
