/** マイナンバーカードの読み取り ②: cert and tries left, without a PIN. Says which of the four causes makes a card unusable, and when it is no My Number Card at all. */
import { type CardTransport, diagnoseCard, JpkiClient, type UnusableCause } from '@machikado/card';
import type { KioskFaultCode } from '@machikado/ui';
import { KioskFault } from '../kiosk-fault.ts';
import type { Ports } from '../ports.ts';
import type { Resident } from '../resident.ts';
import type { UseMemory } from '../use-memory.ts';

export interface ReadCard {
  readonly transport: CardTransport;
  readonly client: JpkiClient;
  readonly authCert: Uint8Array;
}

const faultOf: Readonly<Record<UnusableCause | 'foreign', KioskFaultCode>> = {
  foreign: 'CARD_FOREIGN',
  expired: 'CARD_EXPIRED',
  locked: 'CARD_LOCKED',
  'not-renewed': 'CARD_NOT_RENEWED',
  damaged: 'CARD_DAMAGED',
};

export function readCard(resident: Resident, memory: UseMemory, ports: Ports): Promise<ReadCard> {
  return resident.layCard(async (signal) => {
    for (;;) {
      const found = await readOnce(signal, memory, ports);
      if (found) return found;
    }
  });
}

async function readOnce(
  signal: AbortSignal,
  memory: UseMemory,
  { cardReader, clock }: Ports,
): Promise<ReadCard | undefined> {
  const transport = await cardReader.waitForCard(signal);
  const leave = () => transport.close().catch(() => undefined);
  let disturbed = false;
  const forget = cardReader.onChange(() => {
    disturbed = true;
  });
  // Nobody waits for it any more: the next person’s reading must not meet this one on the chip.
  signal.addEventListener('abort', leave, { once: true });
  const client = new JpkiClient(transport);
  const diagnosis = await diagnoseCard(client, clock.now()).finally(() => {
    forget();
    signal.removeEventListener('abort', leave);
  });
  signal.throwIfAborted();
  if (diagnosis.kind === 'usable') return { transport, client, authCert: memory.keep(diagnosis.authCert) };
  await leave();
  const fault = faultOf[diagnosis.kind === 'foreign' ? 'foreign' : diagnosis.cause];
  // Taken away while it was read, or another was laid beside it: that says nothing about the card.
  if (fault === 'CARD_DAMAGED' && disturbed) return undefined;
  throw new KioskFault(fault);
}
