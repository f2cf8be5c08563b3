/** A card that a test lays on a reader, told by what its chip holds. */
import { type CardFile, type CardTransport, VirtualCard, virtualCardTransport } from '@machikado/card';

export interface LaidCard {
  readonly file: CardFile;
  /** In the middle of the first command. */
  readonly pulledAway?: boolean;
}

export function toTransport({ file, pulledAway = false }: LaidCard, pull: () => unknown): CardTransport {
  const chip = virtualCardTransport(new VirtualCard(file, () => {}));
  return pulledAway ? pulledAwayAtOnce(chip, pull) : chip;
}

export function pulledAwayAtOnce(card: CardTransport, pull: () => unknown): CardTransport {
  const transmit = () => {
    void pull();
    return new Promise<Uint8Array>(() => {});
  };
  return { ...card, transmit };
}
