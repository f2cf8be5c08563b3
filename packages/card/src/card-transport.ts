/** The one way to a card: bytes there, bytes back, whether it lies on a reader or is a virtual one. */
import type { VirtualCard } from './virtual-card.ts';

export interface CardTransport {
  readonly atr: Uint8Array;
  transmit(apdu: Uint8Array): Promise<Uint8Array>;
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** The chip did not answer: taken away too early, or damaged. */
export class CardTransportError extends Error {
  override readonly name = 'CardTransportError';
}

export function virtualCardTransport(card: VirtualCard): CardTransport {
  let open = true;
  const answer = async <T>(act: () => T): Promise<T> => {
    if (!open) throw new CardTransportError('the card is gone');
    if (card.state.chip === 'damaged') throw new CardTransportError('the chip does not answer');
    return act();
  };
  return {
    atr: card.atr,
    transmit: (apdu) => answer(() => card.transmit(apdu)),
    reset: () => answer(() => card.reset()),
    close: async () => {
      open = false;
      card.reset();
    },
  };
}
