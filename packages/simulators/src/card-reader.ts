/** マイナンバーカードの読み取り: the place where a card is laid down and taken away again. What is on the card stays on the card. */
import { join } from 'node:path';
import type { CardTransport } from '@machikado/card';
import { openDeviceLog } from './device-log.ts';

export interface CardReader {
  waitForCard(): Promise<CardTransport>;
  waitForRemoval(): Promise<void>;
}

export interface CardReaderFront {
  layDown(card: CardTransport): void;
  takeAway(): Promise<void>;
}

export function openCardReader(dir: string): CardReader & CardReaderFront {
  const log = openDeviceLog<{ readonly did: 'card-down' | 'card-away' }>(join(dir, 'card-reader.jsonl'));
  let card: CardTransport | undefined;
  let waiting: (() => void)[] = [];
  const changed = () => {
    const wake = waiting;
    waiting = [];
    for (const go of wake) go();
  };
  const change = () => new Promise<void>((resolve) => waiting.push(resolve));

  return {
    async waitForCard() {
      while (!card) await change();
      return card;
    },
    async waitForRemoval() {
      while (card) await change();
    },
    layDown(next) {
      card = next;
      log.append({ did: 'card-down' });
      changed();
    },
    async takeAway() {
      await card?.close();
      card = undefined;
      log.append({ did: 'card-away' });
      changed();
    },
  };
}
