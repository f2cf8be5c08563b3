/** A resident who does as a script says: the hands and eyes of the pseudo-store and of the tests. */
import type { CardTransport } from '@machikado/card';
import { type FiscalYear, type Offers, type RecordItem, refuse, type Scope } from '@machikado/protocol';
import type { CardReaderFront, CoinUnitFront, PrinterFront } from '@machikado/simulators';
import type { Step } from '@machikado/ui';
import { Cancelled, KioskFault } from '../kiosk-fault.ts';
import type { Choice, Resident, Town } from '../resident.ts';
import { feeOf, peopleOf } from '../use-cases/confirm-selection.ts';

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
  /** Left out: some, if `persons` says who; else oneself, where the kind knows that. */
  readonly scope?: Scope | undefined;
  /** For scope `part`: positions on the list of those who can stand on this kind, from 1. */
  readonly persons: readonly number[];
  readonly items: readonly RecordItem[];
  /** Left out: the newest on the menu, where the kind knows a 年度. */
  readonly fiscalYear?: FiscalYear | undefined;
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
  /** ⑥ */
  onOffers?(offers: Offers): void;
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
    tellLateEnd() {},
    async layCard(reading) {
      at('card');
      // Somebody may have left theirs.
      await front.cardReader.takeAway();
      front.cardReader.layDown(script.card());
      return reading(forEver);
    },
    async chooseMunicipality({ domicile }) {
      at('municipality');
      if (domicile) refuse('MUNICIPALITY_NOT_PARTICIPATING', 'no municipality of role registered-domicile');
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
      witness.onOffers?.(offers);
      for (const step of ['kind', 'scope', 'items', 'copies'] as const) at(step);
      const wished = wishOf(script, offers);
      const feeYen = feeOf(offers, wished);
      at('confirm');
      return { ...wished, feeYen };
    },
    async pay({ dueYen, depositedYen, sentBack }) {
      if (depositedYen >= dueYen) return 'confirmed';
      if (depositedYen === 0) at('pay');
      // Whoever put in too much, and had it back, has it exactly.
      const pieces = depositedYen === 0 ? piecesToInsert(sentBack ? 'exact' : script.payment, dueYen) : [];
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

function wishOf(script: Script, offers: Offers): Omit<Choice, 'feeYen'> {
  const { kind, items, copies, persons } = script;
  const offer = offers.offers.find((one) => one.kind === kind);
  if (!offer) return refuse('KIND_NOT_OFFERED', 'kind is not on the menu');
  const { scopes, fiscalYears } = offer;
  const usual = persons.length > 0 ? 'part' : scopes.includes('self') ? 'self' : scopes[0];
  const scope = script.scope ?? usual ?? 'self';
  const people = peopleOf(offer, offers);
  const chosen =
    scope === 'household'
      ? people
      : people.filter(({ isSelf }, i) => (scope === 'self' ? isSelf : persons.includes(i + 1)));
  const fiscalYear = script.fiscalYear ?? (fiscalYears && Math.max(...fiscalYears));
  return { kind, scope, items, fiscalYear, copies, personRefs: chosen.map(({ personRef }) => personRef) };
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
