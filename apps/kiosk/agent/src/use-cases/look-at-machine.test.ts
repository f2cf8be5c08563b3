import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { note } from '../note.ts';
import type { Ports } from '../ports.ts';
import { createTestKiosk, type Machine, type TestKiosk } from '../testing/test-kiosk.ts';
import { lookAtMachine } from './look-at-machine.ts';

let kiosk: TestKiosk;
let machine: Machine;
beforeEach(async () => {
  kiosk = createTestKiosk();
  machine = await kiosk.powerOn();
});
afterEach(async () => {
  await machine.close();
  rmSync(kiosk.dir, { recursive: true });
});

const away = () => Promise.reject(new Error('away'));
const withDevice = <D extends 'printer' | 'coinUnit' | 'receiptPrinter' | 'cardReader' | 'journal'>(
  name: D,
  change: Partial<Ports[D]>,
): Ports => ({ ...machine.ports, [name]: { ...machine.ports[name], ...change } });

test('a machine at rest has nothing to say', async () => {
  expect(await lookAtMachine(machine.ports)).toEqual({ faults: [], warnings: [] });
});

const found: Readonly<Record<string, () => Ports>> = {
  'media-jam, media-low': () =>
    withDevice('printer', { status: async () => ({ faults: ['media-jam'], warnings: ['media-low'] }) }),
  'printer-away': () => withDevice('printer', { status: away }),
  'paper-in-tray': () => withDevice('printer', { trayEmpty: async () => false }),
  '': () => withDevice('printer', { trayEmpty: async () => 'unknown' }),
  'coin-unit-jam': () => withDevice('coinUnit', { status: async () => 'jam' }),
  'coin-unit-away': () => withDevice('coinUnit', { status: away }),
  'no-change': () => withDevice('coinUnit', { status: async () => 'empty' }),
  unsettled: () => withDevice('coinUnit', { depositAmount: async () => 100 }),
  'unsettled ': () => withDevice('journal', { sound: () => false }),
  'receipt-paper-out': () => withDevice('receiptPrinter', { status: async () => 'paper-out' }),
  'receipt-paper-out ': () => withDevice('receiptPrinter', { status: away }),
  'card-reader-away': () => withDevice('cardReader', { cards: () => 'reader-away' }),
};
test.each(Object.keys(found))('says “%s”', async (words) => {
  const { faults, warnings } = await lookAtMachine(found[words]?.() ?? machine.ports);
  expect([...faults, ...warnings].join(', ')).toBe(words.trim());
});

test('an open order and a job in the printer keep it from serving', async () => {
  await note('a1', { event: 'order-intended', feeYen: 300 }, machine.ports);
  await machine.ports.printer.submit({ name: 'x', document: new Uint8Array(), pages: [1, 1], duplex: true });
  expect((await lookAtMachine(machine.ports)).faults).toEqual(['printer-busy', 'unsettled']);
});
