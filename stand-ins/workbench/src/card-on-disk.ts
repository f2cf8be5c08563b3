/** A card file as a card: a spent try is on disk before the PIN is compared, so that pulling the plug buys no free guess. */
import { readFileSync } from 'node:fs';
import { type CardFile, type CardTransport, parseCardFile, VirtualCard, virtualCardTransport } from '@machikado/card';
import { saveCardFile } from '@machikado/simulators';
import type { ChipUse } from './bench-state.ts';

export interface CardOnDisk {
  file(): CardFile;
  /** A fresh chip; `tell` hears what it is asked. */
  wake(tell: (use: ChipUse) => void): CardTransport;
}

const VERIFY = 0x20;
const SIGN = 0x2a;

export function openCardFile(path: string): CardOnDisk {
  let file = parseCardFile(readFileSync(path, 'utf8'));
  return {
    file: () => file,
    wake(tell) {
      const card = new VirtualCard(file, (state) => {
        saveCardFile(path, state);
        file = state;
      });
      const transport = virtualCardTransport(card);
      return {
        ...transport,
        async transmit(apdu) {
          const response = await transport.transmit(apdu);
          tell(askedFor(apdu, response));
          return response;
        },
      };
    },
  };
}

/** A VERIFY without data only asks how many tries are left. */
function askedFor(apdu: Uint8Array, response: Uint8Array): ChipUse {
  const done = response.at(-2) === 0x90 && response.at(-1) === 0x00;
  if (apdu[1] === VERIFY && apdu.length > 5 && !done) return 'wrong-pin';
  return apdu[1] === SIGN && done ? 'signed' : 'read';
}
