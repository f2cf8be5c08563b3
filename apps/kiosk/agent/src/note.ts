/** One line for the journal. */
import type { JournalEvent } from './journal-entry.ts';
import type { Ports } from './ports.ts';

export function note(
  orderId: string,
  event: JournalEvent,
  { journal, clock }: Pick<Ports, 'journal' | 'clock'>,
): Promise<void> {
  return journal.append({ at: clock.now().toISOString(), orderId, ...event });
}
