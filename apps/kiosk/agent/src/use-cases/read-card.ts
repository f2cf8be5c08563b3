/** マイナンバーカードの読み取り ②: cert and tries left, without a PIN. Says which of the four causes makes a card unusable. */
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

const faultOf: Readonly<Record<UnusableCause, KioskFaultCode>> = {
  expired: 'CARD_EXPIRED',
  locked: 'CARD_LOCKED',
  'not-renewed': 'CARD_NOT_RENEWED',
  damaged: 'CARD_DAMAGED',
};

export function readCard(resident: Resident, memory: UseMemory, { cardReader, clock }: Ports): Promise<ReadCard> {
  return resident.layCard(async (signal) => {
    for (;;) {
      const transport = await cardReader.waitForCard(signal);
      let disturbed = false;
      const forget = cardReader.onChange(() => {
        disturbed = true;
      });
      const client = new JpkiClient(transport);
      const diagnosis = await diagnoseCard(client, clock.now()).finally(forget);
      signal.throwIfAborted();
      if (diagnosis.kind === 'usable') return { transport, client, authCert: memory.keep(diagnosis.authCert) };
      const fault = diagnosis.kind === 'foreign' ? 'CARD_DAMAGED' : faultOf[diagnosis.cause];
      // Taken away while it was read, or another was laid beside it: that says nothing about the card.
      if (fault !== 'CARD_DAMAGED' || !disturbed) throw new KioskFault(fault);
    }
  });
}
