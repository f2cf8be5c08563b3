import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { centerEndpoints, refuse } from '@machikado/protocol';
import { createLog, createServer, loadConfig, type MachikadoServer } from '@machikado/server';
import { issueServicePki, type ServicePeer, type ServicePki } from '@machikado/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compose, type Kiosk } from './compose.ts';
import { type KioskConfig, ScreenKioskConfig } from './config.ts';
import { type Center, LostReply } from './ports.ts';

let dir: string;
let pki: ServicePki;
let heard = 0;
const open: (MachikadoServer | Kiosk)[] = [];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kiosk-'));
  pki = await issueServicePki(join(dir, 'tls'), ['center', 'other'], ['kiosk-1']);
});
afterAll(async () => {
  for (const one of open.reverse()) await one.close();
  rmSync(dir, { recursive: true });
});

/** How a kiosk that knows the center’s key talks to the server with the key of this name. */
async function centerPortTo(name: string, tls: KioskConfig['tls'] = pki.peer('kiosk-1')): Promise<Center> {
  const log = createLog({ service: name, write: () => undefined });
  const identify = () => ({ kind: 'kiosk', id: 'kiosk-1' }) as const;
  const server = createServer({ service: name, log, tls: pki.peer(name), identify });
  server.on(centerEndpoints.beginSession, async () => {
    heard += 1;
    return refuse('TOO_BUSY', 'heard');
  });
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
  open.push(server);
  let center: Center | undefined;
  const centerUrl = `https://127.0.0.1:${port}`;
  const config = { kioskId: 'kiosk-1', centerUrl, tls, centerPins: [pki.peer('center').pin] };
  open.push(
    await compose(
      { ...config, sealPublicKeys: [], stateDir: join(dir, name) },
      {
        sheetReader: { read: async () => assert.fail('no sheet is read') },
        wrap(ports) {
          center = ports.center;
          return ports;
        },
      },
    ),
  );
  assert.ok(center);
  return center;
}

async function begin(center: Center): Promise<unknown> {
  const channel = await center.openLogin();
  try {
    return await channel.begin();
  } finally {
    await channel.close();
  }
}

test('the center is asked when it has the key that was agreed on', async () => {
  await expect(begin(await centerPortTo('center'))).rejects.toMatchObject({ code: 'TOO_BUSY' });
  expect(heard).toBe(1);
});

test('a server of the right name and CA with another key is never asked for a session', async () => {
  heard = 0;
  await expect(begin(await centerPortTo('other'))).rejects.toBeInstanceOf(LostReply);
  expect(heard).toBe(0);
});

test('the center is asked no more when the revocation list of the settings names its cert', async () => {
  heard = 0;
  const { tls } = settingsWith(pki.peer('kiosk-1'));
  await expect(begin(await centerPortTo('center', tls))).rejects.toMatchObject({ code: 'TOO_BUSY' });
  await pki.revoke(['center']);
  await expect(begin(await centerPortTo('center', tls))).rejects.toBeInstanceOf(LostReply);
  expect(heard).toBe(1);
  await pki.revoke([]);
});

/** As they come out of a config file. */
function settingsWith({ keyFile, certFile, caFile, crlFile }: ServicePeer): ScreenKioskConfig {
  const port = 1;
  const config: ScreenKioskConfig = {
    ...{ kioskId: 'kiosk-1', centerUrl: 'https://127.0.0.1:1', centerPins: [pki.peer('center').pin] },
    ...{ tls: { keyFile, certFile, caFile, crlFile }, sealPublicKeys: ['-'], stateDir: dir, screen: { port } },
    devices: {
      ...{ card: { kind: 'wire', port }, coinUnit: { port }, receiptPrinter: { port } },
      printer: { url: 'ipp://127.0.0.1:1/ipp/print' },
    },
  };
  const file = join(dir, 'kiosk.json');
  writeFileSync(file, JSON.stringify(config));
  return loadConfig(ScreenKioskConfig, file);
}

test('a journal that is given is the only one', async () => {
  const stateDir = join(dir, 'given');
  const journal = { append: async () => undefined, entriesOf: () => [], openOrders: () => [], sound: () => true };
  const sheetReader = { read: async () => assert.fail('no sheet is read') };
  const config = {
    kioskId: 'kiosk-1',
    centerUrl: 'https://127.0.0.1:1',
    tls: pki.peer('kiosk-1'),
    centerPins: [pki.peer('center').pin],
  };
  open.push(await compose({ ...config, sealPublicKeys: [], stateDir }, { sheetReader, journal }));
  expect(existsSync(join(stateDir, 'journal.jsonl'))).toBe(false);
});
