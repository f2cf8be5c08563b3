import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  openLamp,
  openReceiptPrinter,
  openSpeaker,
  serveDevice,
  serveLamp,
  serveReceiptPrinter,
  serveSpeaker,
} from '@machikado/simulators';
import { afterAll, test } from 'vitest';
import { WireFault } from './device-wire.ts';
import { wiredLamp } from './wired-lamp.ts';
import { wiredReceiptPrinter } from './wired-receipt-printer.ts';
import { wiredSpeaker } from './wired-speaker.ts';

const dir = mkdtempSync(join(tmpdir(), 'wired-devices-'));
afterAll(() => rmSync(dir, { recursive: true }));

test('a receipt comes out line by line, or the printer says why not', async () => {
  const front = openReceiptPrinter(dir);
  const device = await serveReceiptPrinter(front, { port: 0 });
  const printer = wiredReceiptPrinter({ port: device.port });
  await printer.print(['領収書', '200円']);
  assert.deepEqual(front.lastReceipt(), ['領収書', '200円']);
  assert.equal(await printer.status(), 'ok');
  front.set({ paperOut: true });
  await assert.rejects(printer.print(['領収書']), new WireFault('paper-out'));
  assert.equal(await printer.status(), 'paper-out');
  assert.equal(front.look().receipts, 1);
  printer.close();
  await device.close();
});

test('the voice says its line and falls silent', async () => {
  const front = openSpeaker();
  const device = await serveSpeaker(front, { port: 0 });
  const speaker = wiredSpeaker({ port: device.port });
  const line = { language: 'ja', phrase: 'take-paper', text: '証明書をお取りください。' } as const;
  await speaker.say(line);
  assert.deepEqual(front.look(), { saying: line, said: 1 });
  await speaker.silence();
  assert.equal(front.look().saying, undefined);
  speaker.close();
  await device.close();
});

test('the lamp shows what it is told', async () => {
  const front = openLamp();
  const device = await serveLamp(front, { port: 0 });
  const lamp = wiredLamp({ port: device.port });
  for (const state of ['ready', 'attention', 'off'] as const) {
    await lamp.show(state);
    assert.equal(front.look(), state);
  }
  lamp.close();
  await device.close();
});

test('an answer of another kind is a fault, never taken for what was asked', async () => {
  const device = await serveDevice(0, { status: async () => 'fine', print: async () => 1 });
  const printer = wiredReceiptPrinter({ port: device.port });
  await assert.rejects(printer.status(), new WireFault('nonsense'));
  await assert.rejects(printer.print([]), new WireFault('nonsense'));
  printer.close();
  await device.close();
});
