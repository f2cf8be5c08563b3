/** A folder with what a workbench needs: a card, a kiosk whose agent is a stub, settings with free ports. */
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCardFile } from '@machikado/card';
import type { WorkbenchConfig } from '../config.ts';

export const PIN = '8305';
export const SCREEN_PORT = 8799;
const stub = fileURLToPath(new URL('./stub-agent.mjs', import.meta.url));

export function benchFiles(agent: { readonly ends?: boolean; readonly says?: string } = {}): WorkbenchConfig {
  const dir = mkdtempSync(join(tmpdir(), 'workbench-'));
  const cardFile = join(dir, 'card.json');
  const configFile = join(dir, 'kiosk.json');
  const screenUrlFile = join(dir, 'screen-url');
  writeFileSync(cardFile, JSON.stringify(freshCard()));
  writeFileSync(configFile, JSON.stringify({ screen: { port: SCREEN_PORT }, screenUrlFile, ...agent }));
  const persona = {
    label: { ja: '一人暮らし', en: 'lives alone' },
    note: { ja: 'はじめに', en: 'first' },
    town: '架空県夕凪市',
  };
  return {
    port: 0,
    stateDir: join(dir, 'bench'),
    pageDir: join(dir, 'page'),
    cards: [
      { file: cardFile, ...persona },
      { file: cardFile, ...persona },
    ],
    kiosk: { command: [process.execPath, stub], configFile, screenUrlFile, readerPort: 9 },
    devices: { coinUnit: 0, receiptPrinter: 0, speaker: 0, lamp: 0, printer: 0 },
    clock: { businessOffsetMs: 3_600_000, moved: true },
  };
}

/** Its cert is any bytes: nobody here looks into it. */
function freshCard() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })).export({
    type: 'pkcs8',
    format: 'pem',
  });
  const cert = Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x01);
  return createCardFile({
    issuedBy: '99001',
    validUntil: '20351026',
    auth: { cert, caCert: cert, key: String(key), pin: PIN },
    sign: null,
  });
}
