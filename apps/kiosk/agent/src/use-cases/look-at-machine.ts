/**
 * 端末の状態, honest before PIN and money: what keeps the machine from serving, and what a resident should know beforehand. No use
 * starts on another’s remains: open orders, a job in the printer, paper in the tray, a coin in escrow.
 */
import type { MachineFault, MachineStatus, MachineWarning } from '@machikado/protocol';
import type { Ports } from '../ports.ts';

export async function lookAtMachine(ports: Ports): Promise<MachineStatus> {
  const parts = await Promise.all([printerOf(ports), coinUnitOf(ports), receiptsOf(ports), readerOf(ports)]);
  const { journal } = ports;
  const unsettled = !journal.sound() || journal.openOrders().length > 0;
  const faults = [...parts.flatMap((part) => part.faults ?? []), ...(unsettled ? (['unsettled'] as const) : [])];
  return { faults: [...new Set(faults)], warnings: parts.flatMap((part) => part.warnings ?? []) };
}

interface Part {
  readonly faults?: readonly MachineFault[];
  readonly warnings?: readonly MachineWarning[];
}

async function printerOf({ printer }: Ports): Promise<Part> {
  try {
    const { faults, warnings } = await printer.status();
    const busy: readonly MachineFault[] = (await printer.activeJobs()).length > 0 ? ['printer-busy'] : [];
    const left: readonly MachineFault[] = (await printer.trayEmpty()) === false ? ['paper-in-tray'] : [];
    return { faults: [...faults, ...busy, ...left], warnings };
  } catch {
    return { faults: ['printer-away'] };
  }
}

async function coinUnitOf({ coinUnit }: Ports): Promise<Part> {
  try {
    const status = await coinUnit.status();
    const left: readonly MachineFault[] = (await coinUnit.depositAmount()) > 0 ? ['unsettled'] : [];
    if (status === 'jam') return { faults: ['coin-unit-jam', ...left] };
    return { faults: left, warnings: status === 'empty' ? ['no-change'] : [] };
  } catch {
    return { faults: ['coin-unit-away'] };
  }
}

/** Money and certificates do without a slip: an absent receipt printer is one without paper. */
async function receiptsOf({ receiptPrinter }: Ports): Promise<Part> {
  const status = await receiptPrinter.status().catch(() => 'paper-out' as const);
  return status === 'ok' ? {} : { warnings: ['receipt-paper-out'] };
}

async function readerOf({ cardReader }: Ports): Promise<Part> {
  return cardReader.cards() === 'reader-away' ? { faults: ['card-reader-away'] } : {};
}
