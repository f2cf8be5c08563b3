/** PC/SC at the interface that the adapter uses: readers that a test plugs in, cards that it lays on them. */
import type { CardTransport } from '@machikado/card';
import type { Pcsc, PcscContext, PcscReader } from '../adapters/smartcard-package.ts';

const PRESENT = 0x20;
const SHARING_MODES = ['', 'exclusive'];

export interface FakePcsc extends Pcsc {
  /** What was done to cards, in order. */
  readonly did: readonly string[];
  plugIn(reader: string): void;
  unplug(reader: string): void;
  layDown(reader: string, card: CardTransport): void;
  takeAway(reader: string): void;
  setService(up: boolean): void;
}

export function createFakePcsc(): FakePcsc {
  const did: string[] = [];
  const readers = new Map<string, { arrivals: number; card?: CardTransport | undefined }>();
  const waiting = new Set<() => void>();
  let up = true;

  const change = () => {
    for (const wake of [...waiting]) wake();
  };
  const at = (name: string) => {
    const reader = readers.get(name);
    if (!reader) throw new Error('Unknown reader');
    return reader;
  };
  const moveCard = (name: string, card: CardTransport | undefined) => {
    const reader = at(name);
    reader.card = card;
    reader.arrivals += 1;
    change();
  };
  const stillThere = (name: string, card: CardTransport) => {
    if (at(name).card !== card) throw new Error('Card was removed');
    return card;
  };

  function toReader(name: string): PcscReader {
    const { arrivals, card } = at(name);
    return {
      name,
      state: (arrivals << 16) | (card ? PRESENT : 0),
      atr: card?.atr ?? null,
      async connect(shareMode, protocols) {
        const own = at(name).card;
        if (!own) throw new Error('No smart card present');
        did.push(`connect ${SHARING_MODES[shareMode]} ${protocols}`);
        return {
          async transmit(apdu, { maxRecvLength }) {
            did.push(`transmit ${apdu.length}, up to ${maxRecvLength}`);
            return stillThere(name, own).transmit(apdu);
          },
          async reconnect() {
            did.push('reset');
            await stillThere(name, own).reset();
            return 1;
          },
          disconnect() {
            did.push('disconnect');
            stillThere(name, own);
          },
        };
      },
    };
  }

  class Context implements PcscContext {
    constructor() {
      if (!up) throw new Error('PC/SC service not running');
    }
    listReaders() {
      if (!up) throw new Error('PC/SC service stopped');
      return [...readers.keys()].map(toReader);
    }
    waitForChange() {
      return new Promise<void>((resolve) => {
        const wake = () => {
          waiting.delete(wake);
          resolve();
        };
        waiting.add(wake);
      });
    }
    cancel() {
      change();
    }
    close() {}
  }

  return {
    ...{ Context, SCARD_SHARE_EXCLUSIVE: 1, SCARD_PROTOCOL_T0: 1, SCARD_PROTOCOL_T1: 2 },
    ...{ SCARD_LEAVE_CARD: 0, SCARD_RESET_CARD: 1, SCARD_STATE_PRESENT: PRESENT, did },
    plugIn(reader) {
      readers.set(reader, { arrivals: 0 });
      change();
    },
    unplug(reader) {
      readers.delete(reader);
      change();
    },
    layDown: moveCard,
    takeAway: (reader) => moveCard(reader, undefined),
    setService(next) {
      up = next;
      change();
    },
  };
}
