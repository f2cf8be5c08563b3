/**
 * カード置き場: which cards lie on a reader, and who waits for that to change. A card is used only while it lies there alone: beside
 * another nobody could say whose answers they are, and what was begun with it then fails as if it had been taken away.
 */
import { type CardTransport, CardTransportError } from './card-transport.ts';

export interface CardPlace {
  /** `close` of the card means power off: a card that goes on lying there answers again to whoever waits for it next. */
  put(card: CardTransport): void;
  remove(card: CardTransport): void;
  /** The reader itself has gone, or is back. */
  setReaderAway(away: boolean): void;
  waitForCard(signal?: AbortSignal): Promise<CardTransport>;
  waitForRemoval(signal?: AbortSignal): Promise<void>;
  cards(): 'none' | 'one' | 'several' | 'reader-away';
  onChange(listener: () => void): () => void;
}

export function createCardPlace(): CardPlace {
  const lying = new Set<CardTransport>();
  const listeners = new Set<() => void>();
  let readerAway = false;

  const cards = () => (readerAway ? 'reader-away' : lying.size === 0 ? 'none' : lying.size === 1 ? 'one' : 'several');
  const isAlone = (card: CardTransport) => cards() === 'one' && lying.has(card);
  const alone = () => (cards() === 'one' ? [...lying][0] : undefined);
  const onChange = (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };
  function change(act: () => void): void {
    const before = cards();
    act();
    if (cards() !== before) for (const listener of [...listeners]) listener();
  }

  /** Resolves with the first thing that `look` sees. */
  function until<T>(look: () => T | undefined, signal?: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        forget();
        signal?.removeEventListener('abort', abort);
      };
      const abort = () => {
        leave();
        reject(signal?.reason);
      };
      const check = () => {
        const seen = look();
        if (seen === undefined) return;
        leave();
        resolve(seen);
      };
      const forget = onChange(check);
      signal?.addEventListener('abort', abort);
      if (signal?.aborted) abort();
      else check();
    });
  }

  function inUse(card: CardTransport): CardTransport {
    let open = true;
    const whileAlone = <T>(act: () => Promise<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        if (!open || !isAlone(card)) return reject(new CardTransportError('the card is gone'));
        const forget = onChange(() => {
          if (isAlone(card)) return;
          forget();
          reject(new CardTransportError('the card is gone'));
        });
        act().then(resolve, reject).finally(forget);
      });
    return {
      atr: card.atr,
      transmit: (apdu) => whileAlone(() => card.transmit(apdu)),
      reset: () => whileAlone(() => card.reset()),
      async close() {
        if (!open) return;
        open = false;
        if (lying.has(card)) await card.close().catch(nothingToPowerOff);
      },
    };
  }

  return {
    put: (card) => change(() => lying.add(card)),
    remove: (card) => change(() => lying.delete(card)),
    setReaderAway: (away) =>
      change(() => {
        readerAway = away;
      }),
    waitForCard: async (signal) => inUse(await until(alone, signal)),
    waitForRemoval: async (signal) => {
      await until(() => (cards() === 'none' ? true : undefined), signal);
    },
    cards,
    onChange,
  };
}

function nothingToPowerOff(error: unknown): void {
  if (!(error instanceof CardTransportError)) throw error;
}
