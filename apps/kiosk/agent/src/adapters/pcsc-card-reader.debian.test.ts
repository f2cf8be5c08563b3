/** The kiosk’s reader over a real PC/SC service, with vsmartcard’s virtual reader below it. */
import { connectCard } from '@machikado/simulators';
import { withNodePackage, withPrograms } from '@machikado/testkit';
import { afterAll, beforeAll } from 'vitest';
import { cardReaderContract } from '../testing/card-reader-contract.ts';
import { type Pcscd, startPcscd } from '../testing/pcscd.ts';
import { pcscCardReader } from './pcsc-card-reader.ts';

withPrograms(['pcscd', 'vpcd-config'], 'pcscd vsmartcard-vpcd libpcsclite-dev', () => {
  let pcscd: Pcscd;
  beforeAll(async () => {
    pcscd = await startPcscd();
  });
  afterAll(() => pcscd.stop());

  withNodePackage('smartcard', '3.7.0', () => {
    cardReaderContract('the card reader over PC/SC', async () => {
      const reader = await pcscCardReader({ reader: 'Virtual PCD' });
      const free = [...pcscd.slots];
      return {
        reader,
        layDown(card) {
          const port = free.shift() ?? 0;
          const lying = connectCard(card, { port });
          return {
            async takeAway() {
              if (!free.includes(port)) free.push(port);
              await lying.takeAway();
            },
          };
        },
        close: () => reader.close(),
      };
    });
  });
});
