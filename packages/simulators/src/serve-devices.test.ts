/** docs/device-wire.md, played: every line that it shows is said, and heard, by the simulated devices. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, test } from 'vitest';
import { openCoinUnit } from './coin-unit.ts';
import type { ServedDevice } from './device-wire.ts';
import { openLamp } from './lamp.ts';
import { openReceiptPrinter } from './receipt-printer.ts';
import { serveCoinUnit, serveLamp, serveReceiptPrinter, serveSpeaker } from './serve-devices.ts';
import { openSpeaker } from './speaker.ts';

const dir = mkdtempSync(join(tmpdir(), 'device-wire-'));
afterAll(() => rmSync(dir, { recursive: true }));

const document = readFileSync(new URL('../../../docs/device-wire.md', import.meta.url), 'utf8');
const talks = new Map(
  [...document.matchAll(/^## ([^\n]+)\n(?:(?!^## )[\s\S])*?```\n([\s\S]*?)```/gm)].map(([, name = '', talk = '']) => [
    name,
    talk.trimEnd().split('\n'),
  ]),
);

/** Says the agent’s lines, expects the device’s, and does what is told in between. */
async function play(name: string, device: ServedDevice, deeds: Readonly<Record<string, () => void>>): Promise<void> {
  const socket = connect(device.port, '127.0.0.1');
  await once(socket, 'connect');
  const heard: string[] = [];
  let rest = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    heard.push(...lines);
  });
  for (const line of talks.get(name) ?? []) {
    const said = line.slice(2);
    if (line.startsWith('>')) socket.write(`${said}\n`);
    else if (line.startsWith('<')) {
      while (heard.length === 0) await once(socket, 'data');
      assert.deepEqual(JSON.parse(heard.shift() ?? ''), JSON.parse(said));
    } else {
      const deed = deeds[said];
      assert.ok(deed, `nobody knows how: ${said}`);
      deed();
    }
  }
  assert.deepEqual(heard, []);
  socket.destroy();
  await device.close();
}

test('the document has a talk for each device', () => {
  assert.deepEqual([...talks.keys()], ['Coin unit', 'Receipt printer', 'Speaker', 'Lamp']);
});

test('coin unit', async () => {
  const unit = openCoinUnit(dir, { float: { 100: 5 } });
  await play('Coin unit', await serveCoinUnit(unit, { port: 0 }), {
    'somebody inserts 500': () => assert.equal(unit.insert(500), 'taken'),
    'a jam is due after 1 piece': () => unit.set({ jamAfterPieces: 1 }),
    'staff clear the jam': () => unit.clearJam(),
  });
  assert.equal(unit.whyRejected(100), 'inlet-closed');
});

test('receipt printer', async () => {
  const printer = openReceiptPrinter(dir);
  await play('Receipt printer', await serveReceiptPrinter(printer, { port: 0 }), {
    'the paper runs out': () => printer.set({ paperOut: true }),
  });
  assert.deepEqual(printer.look(), { paperOut: true, receipts: 1 });
  assert.deepEqual(printer.lastReceipt(), ['領収書', '証明書交付手数料　200円（1通）']);
});

test('speaker', async () => {
  const speaker = openSpeaker();
  const lines: (string | undefined)[] = [];
  speaker.onChange(() => lines.push(speaker.look().saying?.phrase));
  await play('Speaker', await serveSpeaker(speaker, { port: 0 }), {});
  assert.deepEqual(lines, ['take-paper', undefined]);
});

test('lamp', async () => {
  const lamp = openLamp();
  const shown: string[] = [];
  lamp.onChange(() => shown.push(lamp.look()));
  await play('Lamp', await serveLamp(lamp, { port: 0 }), {});
  assert.deepEqual(shown, ['ready', 'attention', 'off']);
});
