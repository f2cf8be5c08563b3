/** Faults that a pseudo-store can play, one row each. `power-cut` is a real kill -9 of this process. */
import { toBase64 } from '@machikado/pki';
import type { CoinUnitOptions, PrinterFault, PrinterOptions } from '@machikado/simulators';
import { stepOrder } from '@machikado/ui';
import { interpose } from '../interpose.ts';
import { type Center, type LoginChannel, LostReply, type Ports } from '../ports.ts';
import { type CancelStep, cancelSteps } from './scripted-resident.ts';

export interface FaultPlan {
  readonly wrongPins: number;
  readonly cancelAt: CancelStep | undefined;
  readonly killAtStep: string | undefined;
  readonly coinUnit: CoinUnitOptions;
  readonly printer: PrinterOptions;
  wrap(ports: Ports, signatureCert: Uint8Array | undefined): Ports;
}

type Play = (value: string | undefined) => Partial<Omit<FaultPlan, 'wrap'>> & { readonly wrap?: Wrap };
type Wrap = (ports: Ports, signatureCert: Uint8Array | undefined) => Ports;

const calls = ['status', 'askOffers', 'placeOrder', 'reportPayment', 'cancelOrder', 'reportOutcome', 'endSession'];

const atSheet =
  (fault: PrinterFault): Play =>
  (n = '1') => ({ printer: { faults: { [whole(n)]: fault } } });

export const faults: Readonly<Record<string, { readonly form: string; readonly play: Play }>> = {
  'wrong-pin': { form: 'wrong-pin[:n]', play: (n = '1') => ({ wrongPins: whole(n) }) },
  'cancel-at': {
    form: `cancel-at:<${cancelSteps.join('|')}>`,
    play: (step) => ({ cancelAt: oneOf(cancelSteps, step) }),
  },
  'replay-proof': {
    form: 'replay-proof',
    play: () => ({
      wrap: withProve(async (channel, id, body) => {
        await channel.prove(id, body);
        return channel.prove(id, body);
      }),
    }),
  },
  'other-socket': {
    form: 'other-socket',
    play: () => ({
      wrap: withProve(async (_, id, body, center) => {
        const other = await center.openLogin();
        try {
          return await other.prove(id, body);
        } finally {
          await other.close();
        }
      }),
    }),
  },
  'signature-cert': {
    form: 'signature-cert',
    play: () => ({
      wrap: (ports, cert) => {
        if (!cert) throw new RangeError('this card has no signature cert');
        return withProve((channel, id, body) => channel.prove(id, { ...body, authCert: toBase64(cert) }))(ports, cert);
      },
    }),
  },
  jam: { form: 'jam[:sheet]', play: atSheet('jam') },
  'paper-out': { form: 'paper-out[:sheet]', play: atSheet('paper-out') },
  'printer-abort': { form: 'printer-abort[:sheet]', play: atSheet('abort') },
  'printer-power': { form: 'printer-power[:sheet]', play: atSheet('power-cut') },
  'no-change': { form: 'no-change', play: () => ({ coinUnit: { outOfChange: true } }) },
  'coin-jam': { form: 'coin-jam[:pieces]', play: (n = '0') => ({ coinUnit: { jamAfterPieces: whole(n) } }) },
  'power-cut': {
    form: 'power-cut:<step, or an act like coinUnit.fixDeposit>',
    play: (where = '') => (where.includes('.') ? { wrap: killAfter(where) } : { killAtStep: oneOf(stepOrder, where) }),
  },
  'lost-reply': {
    form: `lost-reply:<${calls.join('|')}>`,
    play: (call) => ({ wrap: loseOnce(`center.${oneOf(calls, call)}`) }),
  },
};

export function planOf(written: readonly string[]): FaultPlan {
  const plays = written.map((text) => {
    const [name = '', value] = text.split(/:(.*)/s);
    const row = faults[name];
    if (!row) throw new RangeError(`no such fault: ${name}`);
    return row.play(value);
  });
  const merged: ReturnType<Play> = Object.assign({}, ...plays);
  const printerFaults = Object.assign({}, ...plays.map(({ printer }) => printer?.faults ?? {}));
  return {
    wrongPins: merged.wrongPins ?? 0,
    cancelAt: merged.cancelAt,
    killAtStep: merged.killAtStep,
    coinUnit: Object.assign({}, ...plays.map(({ coinUnit }) => coinUnit ?? {})),
    printer: { faults: printerFaults },
    wrap: (ports, cert) => plays.reduce((inner, { wrap }) => wrap?.(inner, cert) ?? inner, ports),
  };
}

type Prove = (
  channel: LoginChannel,
  ...args: [...Parameters<LoginChannel['prove']>, Center]
) => ReturnType<LoginChannel['prove']>;

function withProve(prove: Prove): Wrap {
  return (ports) => ({
    ...ports,
    center: {
      ...ports.center,
      async openLogin() {
        const channel = await ports.center.openLogin();
        return { ...channel, prove: (id, body) => prove(channel, id, body, ports.center) };
      },
    },
  });
}

export function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

function killAfter(act: string): Wrap {
  return (ports) => interpose(ports, { after: (done) => (done === act ? die() : undefined) });
}

function loseOnce(act: string): Wrap {
  let lost = false;
  return (ports) =>
    interpose(ports, {
      after: (done) => {
        if (done !== act || lost) return;
        lost = true;
        throw new LostReply();
      },
    });
}

function whole(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new RangeError(`not a number: ${text}`);
  return Number(text);
}

function oneOf<T extends string>(values: readonly T[], text: string | undefined): T {
  const found = values.find((value) => value === text);
  if (!found) throw new RangeError(`one of ${values.join(', ')} is needed`);
  return found;
}
