/** A resident who does as a script says: the hands and eyes of the pseudo-store and of the tests. */
import type { CardTransport } from '@machikado/card';
import type { OfferedPerson, Offers, RecordItem, Scope } from '@machikado/protocol';
import type { CardReaderFront, CoinUnitFront, PrinterFront } from '@machikado/simulators';
import type { Step } from '@machikado/ui';
import { Cancelled, KioskFault } from '../kiosk-fault.ts';
import type { Choice, Resident, Town } from '../resident.ts';
import { feeOf } from '../use-cases/confirm-selection.ts';

export const payments = ['exact', 'over', 'short', 'none', 'cancel-after'] as const;
export type Payment = (typeof payments)[number];

/** Steps at which a kiosk offers to cancel: all up to the payment. */
export const cancelSteps = [
  'menu',
  'card',
  'municipality',
  'pin',
  'card-away',
  'kind',
  'scope',
  'items',
  'copies',
  'confirm',
  'pay',
] as const satisfies readonly Step[];
export type CancelStep = (typeof cancelSteps)[number];

export interface Script {
  readonly card: () => CardTransport;
  readonly pin: string;
  readonly wrongPins: number;
  readonly town: Town;
  readonly kind: Choice['kind'];
  readonly scope: Scope;
  /** For scope `part`: positions on the list of offered persons, from 1. */
  readonly persons: readonly number[];
  readonly items: readonly RecordItem[];
  readonly copies: number;
  readonly payment: Payment;
  readonly cancelAt?: CancelStep;
}

export interface Front {
  readonly cardReader: CardReaderFront;
  readonly coinUnit: CoinUnitFront;
  readonly printer: PrinterFront;
  readonly outDir: string;
}

export interface Witness {
  onStep?(step: Step): void;
  onPaper?(files: readonly string[]): void;
}

/** Nobody gives up by surprise: a script says when. */
const forEver = new AbortController().signal;

export function createScriptedResident(script: Script, front: Front, witness: Witness = {}): Resident {
  let wrongPins = script.wrongPins;
  let enteredOwnPin = false;
  const at = (step: Step) => {
    witness.onStep?.(step);
    if (step === script.cancelAt) throw new Cancelled();
  };
  return {
    async begin() {
      at('menu');
    },
    async layCard(reading) {
      at('card');
      // Somebody may have left theirs.
      await front.cardReader.takeAway();
      front.cardReader.layDown(script.card());
      return reading(forEver);
    },
    async chooseMunicipality() {
      at('municipality');
      return script.town;
    },
    async enterPin() {
      at('pin');
      // Who believes in a PIN that the card refuses goes home rather than try it until the card is locked.
      if (enteredOwnPin) throw new KioskFault('PIN_WRONG');
      enteredOwnPin = wrongPins === 0;
      const digits = new TextEncoder().encode(script.pin);
      if (wrongPins > 0) {
        wrongPins -= 1;
        digits[3] = ((digits[3] ?? 0) === 0x39 ? 0x30 : (digits[3] ?? 0) + 1) & 0xff;
      }
      return digits;
    },
    async takeCard(gone) {
      at('card-away');
      await front.cardReader.takeAway();
      await gone(forEver);
    },
    async choose({ offers }) {
      for (const step of ['kind', 'scope', 'items', 'copies'] as const) at(step);
      const { kind, scope, items, copies } = script;
      const wished = { kind, scope, items, copies, personRefs: personsOf(script, offers).map((one) => one.personRef) };
      const feeYen = feeOf(offers, wished);
      at('confirm');
      return { ...wished, feeYen };
    },
    async pay({ dueYen, depositedYen }) {
      if (depositedYen >= dueYen) return 'confirmed';
      if (depositedYen === 0) at('pay');
      const pieces = depositedYen === 0 ? piecesToInsert(script.payment, dueYen) : [];
      if (pieces.length === 0) throw new Cancelled(script.payment === 'cancel-after' ? 'resident' : 'timeout');
      for (const yen of pieces) front.coinUnit.insert(yen);
      return 'inserted';
    },
    wait() {},
    watchPrint(sheets) {
      if (sheets.every(({ state }) => state === 'waiting')) at('print');
    },
    async takePaper() {
      witness.onStep?.('take-paper');
      const files = front.printer.takePaper(front.outDir);
      witness.onPaper?.(files);
    },
    async takeReceipt() {
      at('receipt');
    },
    async endEarly() {},
  };
}

function personsOf({ scope, persons }: Script, { persons: offered }: Offers): readonly OfferedPerson[] {
  if (scope === 'household') return offered;
  return offered.filter(({ isSelf }, i) => (scope === 'self' ? isSelf : persons.includes(i + 1)));
}

const COINS = [500, 100, 50, 10] as const;

function piecesToInsert(payment: Payment, dueYen: number): readonly number[] {
  switch (payment) {
    case 'exact':
      return coinsFor(dueYen);
    case 'over':
      return Array<number>(Math.floor(dueYen / 1000) + 1).fill(1000);
    case 'short':
    case 'cancel-after':
      return coinsFor(dueYen).slice(0, -1);
    case 'none':
      return [];
  }
}

function coinsFor(yen: number): readonly number[] {
  const pieces: number[] = [];
  let rest = yen;
  for (const coin of COINS)
    while (rest >= coin) {
      pieces.push(coin);
      rest -= coin;
    }
  return pieces;
}
