import type { Client } from '@machikado/server';
import { expect, test } from 'vitest';
import type { Municipality, ServerAddress } from '../settings.ts';
import { issuersOverMtls } from './issuers-over-mtls.ts';
import type { Lane } from './pinned-clients.ts';

test('mail and status never stand in line behind the orders that residents wait for', async () => {
  const used: [string, Lane | undefined][] = [];
  const address: ServerAddress = { url: 'https://issuer.machikado.test', spkiPins: [] };
  const of = (_address: ServerAddress, lane?: Lane) =>
    ({
      async call({ path }) {
        used.push([path, lane]);
        return { build: 'a', municipalities: [] };
      },
    }) as Pick<Client, 'call'> as Client;
  const nothing = async () => undefined;
  const issuers = issuersOverMtls({ of, reload: nothing, close: nothing });
  const town = { issuers: [address], approvedBuilds: ['a'] } as unknown as Municipality;
  await issuers.readStatus(town);
  await issuers.reportOutcome(town, { orderId: 'a', lgCode: '990019', copies: [] });
  expect(used.map(([, lane]) => lane)).toEqual(['background', 'background']);
});
