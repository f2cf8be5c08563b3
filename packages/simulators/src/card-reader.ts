/** マイナンバーカードの読み取り: the place where a card is laid down and taken away again. What is on the card stays on the card. */
import { join } from 'node:path';
import type { CardTransport } from '@machikado/card';
import { openDeviceLog } from './device-log.ts';
import { createWatch } from './watch.ts';

export interface CardReader {
  waitForCard(signal: AbortSignal): Promise<CardTransport>;
  waitForRemoval(signal: AbortSignal): Promise<void>;
  cards(): 'none' | 'one' | 'several';
  onChange(listener: () => void): () => void;
}

export interface CardReaderFront {
  /** A second one beside the first makes both unreadable until one is taken away. */
  layDown(card: CardTransport): void;
  /** Whatever lies there. */
  takeAway(): Promise<void>;
}

export function openCardReader(dir: string): CardReader & CardReaderFront {
  const log = openDeviceLog<{ readonly did: 'card-down' | 'card-away' }>(join(dir, 'card-reader.jsonl'));
  const watch = createWatch();
  let cards: readonly CardTransport[] = [];

  return {
    async waitForCard(signal) {
      for (;;) {
        const [card, second] = cards;
        if (card && !second) return card;
        await watch.change(signal);
      }
    },
    async waitForRemoval(signal) {
      while (cards.length > 0) await watch.change(signal);
    },
    cards: () => (cards.length > 1 ? 'several' : cards.length === 1 ? 'one' : 'none'),
    onChange: watch.listen,
    layDown(card) {
      cards = [...cards, card];
      log.append({ did: 'card-down' });
      watch.changed();
    },
    async takeAway() {
      const taken = cards;
      cards = [];
      for (const card of taken) await card.close();
      log.append({ did: 'card-away' });
      watch.changed();
    },
  };
}
