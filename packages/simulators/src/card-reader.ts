/** マイナンバーカードの読み取り: the place where cards are laid down and taken away again. What is on a card stays on the card. */
import { join } from 'node:path';
import { type CardPlace, type CardTransport, createCardPlace } from '@machikado/card';
import { openDeviceLog } from './device-log.ts';

export type CardReader = Pick<CardPlace, 'waitForCard' | 'waitForRemoval' | 'cards' | 'onChange'>;

export interface CardReaderFront {
  layDown(card: CardTransport): void;
  /** All that lie there, unless one is named. */
  takeAway(card?: CardTransport): Promise<void>;
}

export function openCardReader(dir: string): CardReader & CardReaderFront {
  const log = openDeviceLog<{ readonly did: 'card-down' | 'card-away' }>(join(dir, 'card-reader.jsonl'));
  const { put, remove, waitForCard, waitForRemoval, cards, onChange } = createCardPlace();
  const lying = new Map<CardTransport, CardTransport>();

  return {
    waitForCard,
    waitForRemoval,
    cards,
    onChange,
    layDown(card) {
      const powered: CardTransport = {
        atr: card.atr,
        transmit: (apdu) => card.transmit(apdu),
        reset: () => card.reset(),
        close: () => card.reset(),
      };
      lying.set(card, powered);
      log.append({ did: 'card-down' });
      put(powered);
    },
    async takeAway(which) {
      const taken = [...lying].filter(([card]) => which === undefined || card === which);
      for (const [card, powered] of taken) {
        lying.delete(card);
        log.append({ did: 'card-away' });
        remove(powered);
        await card.close();
      }
    },
  };
}
