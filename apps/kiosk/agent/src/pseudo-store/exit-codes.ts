/** How a use ended, for shells and tests. */
import type { EndOfUse } from '../use-cases/serve-resident.ts';

export const exitCodes = {
  printed: { code: 0, meaning: 'every copy was printed' },
  refused: { code: 10, meaning: 'refused or failed, nothing charged; the code stands in the report' },
  cancelled: { code: 11, meaning: 'cancelled, the money went back' },
  partly: { code: 12, meaning: 'some copies were printed or money is owed; the rest was refunded' },
  open: { code: 20, meaning: 'an order is still open; the next start settles it' },
  usage: { code: 64, meaning: 'the command line cannot be understood' },
  internal: { code: 70, meaning: 'something that cannot happen happened' },
} as const;
export type Ending = keyof typeof exitCodes;

export function endingOf({ code, settlement, orderId }: EndOfUse): Ending {
  if (orderId !== undefined && (!settlement || settlement.as === 'open')) return 'open';
  if (code === 'OK') return 'printed';
  if (settlement && settlement.chargedYen + settlement.owedYen > 0) return 'partly';
  if (code === 'CANCELLED') return 'cancelled';
  return code === 'INTERNAL' ? 'internal' : 'refused';
}
