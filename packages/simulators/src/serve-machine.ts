/** The simulated machine with all its devices at their wires, for an agent that is a process of its own. */
import type { openCoinUnit } from './coin-unit.ts';
import { serveIppPrinter } from './ipp-printer-server.ts';
import type { openLamp } from './lamp.ts';
import type { openPrinter } from './printer.ts';
import type { openReceiptPrinter } from './receipt-printer.ts';
import { serveCoinUnit, serveLamp, serveReceiptPrinter, serveSpeaker } from './serve-devices.ts';
import type { openSpeaker } from './speaker.ts';

export interface SimulatedMachine {
  readonly coinUnit: ReturnType<typeof openCoinUnit>;
  readonly receiptPrinter: ReturnType<typeof openReceiptPrinter>;
  readonly speaker: ReturnType<typeof openSpeaker>;
  readonly lamp: ReturnType<typeof openLamp>;
  readonly printer: ReturnType<typeof openPrinter>;
}

/** 0: any free port. */
export type MachinePorts = Readonly<Record<keyof SimulatedMachine, number>>;

/** `paceMs`: one movement of the printer; left out, it moves whenever somebody asks for a job. */
export async function serveMachine(
  machine: SimulatedMachine,
  ports: MachinePorts,
  { paceMs }: { readonly paceMs?: number } = {},
) {
  const [coinUnit, receiptPrinter, speaker, lamp, printer] = await Promise.all([
    serveCoinUnit(machine.coinUnit, { port: ports.coinUnit }),
    serveReceiptPrinter(machine.receiptPrinter, { port: ports.receiptPrinter }),
    serveSpeaker(machine.speaker, { port: ports.speaker }),
    serveLamp(machine.lamp, { port: ports.lamp }),
    serveIppPrinter(machine.printer, { port: ports.printer, ...(paceMs !== undefined && { paceMs }) }),
  ]);
  return {
    ...{ coinUnit, receiptPrinter, speaker, lamp, printer },
    async close() {
      for (const device of [coinUnit, receiptPrinter, speaker, lamp, printer]) await device.close();
    },
  };
}
