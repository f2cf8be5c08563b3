/** Cards over a real PC/SC service, with vsmartcard’s virtual reader below it: our reader, OpenSC, and a whole use of a kiosk. */
import assert from 'node:assert/strict';
import {
  missingForPcscd,
  type Pcscd,
  startPcscd,
  unlessMissing,
  withNodePackage,
  withPrograms,
} from '@machikado/testkit';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { createScriptedResident } from '../pseudo-store/scripted-resident.ts';
import { cardReaderContract } from '../testing/card-reader-contract.ts';
import { startCardsApart } from '../testing/cards-apart.ts';
import { openScAcceptsOurCard } from '../testing/opensc.ts';
import { freshCardFile } from '../testing/test-card.ts';
import { createTestKiosk, script } from '../testing/test-kiosk.ts';
import { serveResident } from '../use-cases/serve-resident.ts';
import { pcscCardReader } from './pcsc-card-reader.ts';

const missing = await missingForPcscd();

withPrograms(['pcscd', 'vpcd-config'], 'pcscd vsmartcard-vpcd libpcsclite-dev', () => {
  unlessMissing(missing, 'run as root, and stop the other pcscd', overPcsc);
});

function overPcsc(): void {
  let pcscd: Pcscd;
  beforeAll(async () => {
    pcscd = await startPcscd();
  }, 300_000);
  afterAll(() => pcscd?.stop());

  withNodePackage('smartcard', '3.7.0', () => {
    cardReaderContract('the card reader over PC/SC', async () => {
      const reader = await pcscCardReader({ reader: 'Virtual PCD' });
      const cards = await startCardsApart();
      const free = [...pcscd.slots];
      return {
        reader,
        async layDown(card) {
          const port = free.shift() ?? 0;
          await cards.layDown(card, port);
          return {
            async takeAway() {
              if (!free.includes(port)) free.push(port);
              await cards.takeAway(port);
            },
          };
        },
        async close() {
          await reader.close();
          await cards.close();
        },
      };
    });

    describe('a use of a kiosk with its card reader over PC/SC', () => {
      test.each([
        ['with the right PIN', { wrongPins: 0 }, 'OK', 3],
        ['with one wrong PIN before the right one', { wrongPins: 1 }, 'OK', 3],
        ['with three wrong PINs', { wrongPins: 3 }, 'CARD_LOCKED', 0],
      ] as const)('%s', async (_, wishes, code, triesLeft) => {
        const kiosk = createTestKiosk();
        const machine = await kiosk.powerOn();
        const cardReader = await pcscCardReader({ reader: 'Virtual PCD' });
        const cards = await startCardsApart();
        const [port] = pcscd.slots;
        const hands = {
          ...{ layDown: () => cards.layDown({ file: freshCardFile }, port) },
          ...{ takeAway: () => cards.takeAway(port) },
        };
        try {
          const resident = createScriptedResident(script(wishes), { ...machine.front, cardReader: hands });
          const end = await serveResident(resident, { ...machine.ports, cardReader });
          assert.equal(end.code, code);
          assert.equal(cards.chipAt(port).auth?.triesLeft, triesLeft);
          assert.deepEqual(kiosk.truths(), []);
        } finally {
          await cardReader.close();
          await cards.close();
          await machine.close();
        }
      });
    });
  });

  withPrograms(['pkcs15-tool', 'pkcs15-crypt', 'pkcs11-tool'], 'opensc opensc-pkcs11', () => {
    openScAcceptsOurCard(() => pcscd.slots[0]);
  });
}
