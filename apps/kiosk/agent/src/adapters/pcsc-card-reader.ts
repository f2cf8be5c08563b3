/**
 * カードリーダー over PC/SC: watches the readers of this machine, or the one that is named, and the cards on them. A reader that is
 * unplugged, and a PC/SC service that is down, are a reader that is away until it is back.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type CardTransport, createCardPlace } from '@machikado/card';
import type { CardReader } from '../ports.ts';
import { pcscCard } from './pcsc-card.ts';
import { loadSmartcard, type Pcsc, type PcscContext, type PcscReader } from './smartcard-package.ts';

export interface PcscCardReader extends CardReader {
  close(): Promise<void>;
}

interface Lying {
  readonly card: CardTransport;
  readonly arrival: number;
}

/** PC/SC’s name for “readers come and go”; its counter is how many there are. */
const READERS_CHANGED = '\\\\?PnP?\\Notification';

/** `reader`: how its name begins; left out, every reader counts. Throws SmartcardPackageMissing. */
export async function pcscCardReader(options: {
  readonly reader?: string;
  readonly pcsc?: Pcsc;
  readonly lookAgainMs?: number;
  readonly noticeMs?: number;
}): Promise<PcscCardReader> {
  const { reader: wanted = '', pcsc = await loadSmartcard(), lookAgainMs = 1_000, noticeMs = 600 } = options;
  const place = createCardPlace();
  const lying = new Map<string, Lying>();
  let context: PcscContext | undefined;
  let closed = false;

  async function forget(name: string, { card }: Lying): Promise<void> {
    lying.delete(name);
    place.remove(card);
    // A card that is gone cannot be reset; what PC/SC still holds of it is given back.
    await card.close().catch(() => {});
  }

  function see(readers: readonly PcscReader[]): void {
    place.setReaderAway(readers.length === 0);
    const occupied = new Map(
      readers.filter(({ state }) => state & pcsc.SCARD_STATE_PRESENT).map((one) => [one.name, one]),
    );
    for (const [name, known] of [...lying]) {
      const there = occupied.get(name);
      if (!there || arrivalOf(there) !== known.arrival) void forget(name, known);
    }
    for (const [name, reader] of occupied) {
      if (lying.has(name)) continue;
      const card = pcscCard(pcsc, reader, noticeMs);
      lying.set(name, { card, arrival: arrivalOf(reader) });
      place.put(card);
    }
  }

  async function look(): Promise<void> {
    try {
      context ??= new pcsc.Context();
      const all = context.listReaders();
      see(all.filter(({ name }) => name.startsWith(wanted)));
      if (closed) return;
      const known = all.map(({ name, state }) => ({ name, state }));
      await context.waitForChange([...known, { name: READERS_CHANGED, state: all.length << 16 }], lookAgainMs);
    } catch {
      see([]);
      context?.close();
      context = undefined;
      await sleep(lookAgainMs);
    }
  }

  async function watch(): Promise<void> {
    while (!closed) await look();
  }

  place.setReaderAway(true);
  const watching = watch();
  const { waitForCard, waitForRemoval, cards, onChange } = place;
  return {
    ...{ waitForCard, waitForRemoval, cards, onChange },
    async close() {
      closed = true;
      context?.cancel();
      await watching;
      await Promise.all([...lying].map(([name, known]) => forget(name, known)));
      context?.close();
    },
  };
}

const arrivalOf = ({ state }: PcscReader) => state >>> 16;
