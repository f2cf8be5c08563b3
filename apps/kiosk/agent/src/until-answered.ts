/** The same request again, with the same body, while no answer comes: for requests whose repeat is harmless. */
import { type ErrorCode, ProtocolError } from '@machikado/protocol';
import { KioskFault } from './kiosk-fault.ts';
import { LostReply, type Ports } from './ports.ts';

export async function untilAnswered<T>(
  { clock, patience }: Pick<Ports, 'clock' | 'patience'>,
  ask: () => Promise<T>,
): Promise<T> {
  for (let retry = 0; ; retry += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!mayAnswerLater(error)) throw error;
      if (retry === patience.retries) throw new KioskFault('CENTER_UNREACHABLE', { cause: error });
      await clock.sleep(patience.retryMs);
    }
  }
}

/** Codes that leave open whether anything was done. */
const unanswered: ReadonlySet<ErrorCode> = new Set(['TOO_BUSY', 'INTERNAL', 'DEADLINE_PASSED']);

function mayAnswerLater(error: unknown): boolean {
  if (error instanceof LostReply) return true;
  return error instanceof ProtocolError && unanswered.has(error.code);
}
