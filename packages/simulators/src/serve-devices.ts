/** The simulated devices at their wires: what an agent may ask of each, and what each tells unasked. */
import type { CoinUnit, CoinUnitFront } from './coin-unit.ts';
import { type DeviceMethods, NotUnderstood, type ServedDevice, serveDevice } from './device-wire.ts';
import { type Lamp, type LampState, lampStates } from './lamp.ts';
import type { ReceiptPrinter } from './receipt-printer.ts';
import type { Speaker, VoiceLine } from './speaker.ts';

interface At {
  /** 0: any free one. */
  readonly port: number;
}

/** Takes money only while an agent is there: without one the inlet is shut, and what lies in escrow waits. */
export async function serveCoinUnit(coinUnit: CoinUnit & CoinUnitFront, { port }: At): Promise<ServedDevice> {
  await coinUnit.claim();
  const methods: DeviceMethods = {
    beginDeposit: () => coinUnit.beginDeposit(),
    depositAmount: () => coinUnit.depositAmount(),
    fixDeposit: () => coinUnit.fixDeposit(),
    endDeposit: async (how) => coinUnit.endDeposit(endingOf(how)),
    dispenseChange: async (yen) => coinUnit.dispenseChange(yenOf(yen)),
    canDispense: async (yen) => coinUnit.canDispense(yenOf(yen)),
    totals: () => coinUnit.totals(),
    status: () => coinUnit.status(),
  };
  const device = await serveDevice(port, methods, (there) => void (there ? coinUnit.enable() : coinUnit.disable()));
  const seen = () => ({ depositYen: coinUnit.look().totals.escrowYen, status: coinUnit.look().status });
  let told = seen();
  const tellChanges = () => {
    const { depositYen, status } = seen();
    if (depositYen !== told.depositYen) device.tell({ event: 'deposit', depositYen });
    if (status !== told.status) device.tell({ event: 'status', status });
    told = { depositYen, status };
  };
  const forget = coinUnit.onChange(tellChanges);
  return {
    ...device,
    async close() {
      forget();
      await device.close();
      await coinUnit.release();
    },
  };
}

export function serveReceiptPrinter(printer: ReceiptPrinter, { port }: At): Promise<ServedDevice> {
  return serveDevice(port, {
    print: async (lines) => printer.print(linesOf(lines)),
    status: () => printer.status(),
  });
}

export function serveSpeaker(speaker: Speaker, { port }: At): Promise<ServedDevice> {
  return serveDevice(port, { say: async (line) => speaker.say(voiceLineOf(line)), silence: () => speaker.silence() });
}

export function serveLamp(lamp: Lamp, { port }: At): Promise<ServedDevice> {
  return serveDevice(port, { show: async (state) => lamp.show(lampStateOf(state)) });
}

function yenOf(value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new NotUnderstood();
  return value as number;
}

function endingOf(value: unknown): { readonly repay: true } | { readonly changeYen: number } {
  const { repay, changeYen } = (value ?? {}) as { readonly repay?: unknown; readonly changeYen?: unknown };
  return repay === true && changeYen === undefined ? { repay } : { changeYen: yenOf(changeYen) };
}

function linesOf(value: unknown): readonly string[] {
  if (!Array.isArray(value) || !value.every((line) => typeof line === 'string')) throw new NotUnderstood();
  return value;
}

function voiceLineOf(value: unknown): VoiceLine {
  const { language, phrase, text } = (value ?? {}) as Record<string, unknown>;
  if (typeof language !== 'string' || typeof phrase !== 'string' || typeof text !== 'string') throw new NotUnderstood();
  return { language, phrase, text };
}

function lampStateOf(value: unknown): LampState {
  const state = lampStates.find((known) => known === value);
  if (!state) throw new NotUnderstood();
  return state;
}
