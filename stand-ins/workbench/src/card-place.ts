/** マイナンバーカードの置き場: cards from the rack lie on the kiosk’s reader, one of them or, by mistake, several. */
import type { CardTransport } from '@machikado/card';
import type { CardView, ChipUse } from './bench-state.ts';
import { openCardFile } from './card-on-disk.ts';
import type { WorkbenchConfig } from './config.ts';

/** A card that lies on a reader, over the wire. */
export type ConnectCard = (
  card: CardTransport,
  address: { readonly host: string; readonly port: number },
) => { takeAway(): Promise<void> };

export interface CardPlace {
  view(): readonly CardView[];
  lay(index: number): void;
  takeAway(index: number): Promise<void>;
  clear(): Promise<void>;
}

export interface CardPlaceOptions {
  readonly cards: WorkbenchConfig['cards'];
  readonly readerPort: number;
  readonly connectCard: ConnectCard;
  readonly changed: () => void;
}

export function openCardPlace({ cards, readerPort, connectCard, changed }: CardPlaceOptions): CardPlace {
  const rack = cards.map(({ file, label, note, town }) => ({ card: openCardFile(file), label, note, town }));
  const lying = new Map<number, { readonly wire: ReturnType<ConnectCard>; chip: ChipUse }>();

  const takeAway = async (index: number) => {
    const laid = lying.get(index);
    if (!laid) return;
    lying.delete(index);
    changed();
    await laid.wire.takeAway();
  };

  return {
    view: () =>
      rack.map(({ card, label, note, town }, index) => {
        const { medium, auth } = card.file();
        const laid = lying.get(index);
        return {
          ...{ label, note, town, medium, pin: auth?.pin ?? null, triesLeft: auth?.triesLeft ?? 0 },
          ...{ onReader: laid !== undefined, chip: laid?.chip ?? 'untouched' },
        };
      }),
    lay(index) {
      const entry = rack[index];
      if (!entry || lying.has(index)) return;
      const tell = (use: ChipUse) => {
        const laid = lying.get(index);
        // Reading goes on after a signature; what the chip once did, it has done.
        if (!laid || laid.chip === 'signed' || (use === 'read' && laid.chip === 'wrong-pin')) return;
        laid.chip = use;
        changed();
      };
      const wire = connectCard(entry.card.wake(tell), { host: '127.0.0.1', port: readerPort });
      lying.set(index, { wire, chip: 'untouched' });
      changed();
    },
    takeAway,
    async clear() {
      for (const index of [...lying.keys()]) await takeAway(index);
    },
  };
}
