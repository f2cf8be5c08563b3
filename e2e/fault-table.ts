/**
 * A stage for faults: the chain, a kiosk on it, people with cards. After every fault the three truths, the issue numbers and
 * the suspensions are looked at, and the next person comes to the machine.
 */
import { type Center, staffCommand } from '@machikado/center';
import { type Issuer, parseStaffLine, runStaffCommand } from '@machikado/issuer';
import type { IssuedCard } from '@machikado/jpki';
import type { Ports, Witness } from '@machikado/kiosk-agent';
import type { CopyOutcome, OrderState, RegistryRecord } from '@machikado/protocol';
import type { PersonaKey } from '@machikado/registry';
import { compareTruths, type LedgerOrder } from '@machikado/testkit';
import { type Chain, type ChainOptions, openChain, WITHOUT_JOBS } from './open-chain.ts';
import { type ChainKiosk, type KioskOptions, openKiosk, type Use, type Wishes } from './open-kiosk.ts';

export const YUNAGI = '990019';
export const MUTEKI = '990027';
export const KIND = 'resident-record';
/** Quick to make, and the card that is coming. */
export const P384 = { algorithm: 'ecdsa-p384-sha384', withoutSignatureCert: true } as const;

export interface Stage {
  readonly chain: Chain;
  readonly kiosk: ChainKiosk;
  readonly center: Center;
  readonly issuer: Issuer['ports'];
  /** Lets time pass for center and issuing server. */
  pass(ms: number): void;
  /** Somebody sets their machine clocks, by so much before or behind the true time. */
  setClock(aheadMs: number): void;
  card(person: PersonaKey, lgCode?: string): IssuedCard;
  household(person: PersonaKey, lgCode?: string): RegistryRecord;
  residentId(person: PersonaKey, lgCode?: string): string;
  use(person: PersonaKey, wishes?: Wishes, witness?: Witness): Promise<Use>;
  /** What the kiosk’s agent touches; faults step in between here. */
  readonly kioskPorts: Ports;
  /** Another kiosk in the place of the first, with devices of its own. */
  openKiosk(options: KioskOptions, chain?: Chain): Promise<ChainKiosk>;
  close(): Promise<void>;
}

export interface StageOptions extends ChainOptions {
  readonly people: Readonly<Record<string, readonly PersonaKey[]>>;
  readonly kiosk?: KioskOptions;
  /** Before anybody comes: lines to lay, ports to hold. */
  readonly prepare?: (chain: Chain) => Promise<void>;
}

export async function openStage({ people, kiosk: kioskOptions, prepare, ...options }: StageOptions): Promise<Stage> {
  let aheadMs = 0;
  let setAheadMs = 0;
  const machineClock = { now: () => new Date(Date.now() + aheadMs + setAheadMs) };
  const monotonic = { nowMs: () => performance.now() + aheadMs };
  const chain = await openChain({
    ...options,
    ...{ centerConfig: { ...WITHOUT_JOBS.centerConfig, ...options.centerConfig } },
    ...{ issuerConfig: { ...WITHOUT_JOBS.issuerConfig, ...options.issuerConfig } },
    centerOverrides: { machineClock, monotonic, ...options.centerOverrides },
    issuerOverrides: (ports) => ({ machineClock, ...options.issuerOverrides?.(ports) }),
  });
  const [running] = chain.centers;
  const [issuing] = chain.issuers;
  if (!running || !issuing) throw new RangeError('a chain has a center and an issuing server');
  await prepare?.(chain);
  const cards = new Map<string, IssuedCard>();
  for (const [lgCode, keys] of Object.entries(people))
    await Promise.all(keys.map(async (key) => cards.set(`${lgCode} ${key}`, await chain.orderCard(lgCode, key, P384))));
  await chain.passTheNight();
  let kioskPorts: Ports | undefined;
  const kiosk = await openKiosk(chain, {
    ...kioskOptions,
    wrap(ports) {
      const wrapped = kioskOptions?.wrap?.(ports) ?? ports;
      kioskPorts = { ...wrapped, center: { ...wrapped.center } };
      return kioskPorts;
    },
  });
  if (!kioskPorts) throw new RangeError('a kiosk has ports');
  const opened = [kiosk];

  const card = (person: PersonaKey, lgCode = YUNAGI) => {
    const found = cards.get(`${lgCode} ${person}`);
    if (!found) throw new RangeError(`no card for ${person} of ${lgCode}`);
    return found;
  };
  const residentId = (person: PersonaKey, lgCode = YUNAGI) => {
    const town = chain.registry.towns.find((one) => one.lgCode === lgCode);
    if (!town) throw new RangeError(`no town ${lgCode}`);
    return town.personas[person];
  };
  return {
    chain,
    kiosk,
    kioskPorts,
    center: running.center,
    issuer: issuing.ports,
    pass: (ms) => {
      aheadMs += ms;
    },
    setClock: (ms) => {
      setAheadMs = ms;
    },
    card,
    residentId,
    household: (person, lgCode = YUNAGI) =>
      chain.registry.readRecord({ lgCode, residentId: residentId(person, lgCode) }),
    use: (person, wishes, witness) => kiosk.use(card(person).file, wishes, witness),
    async openKiosk(more, along = chain) {
      const another = await openKiosk(along, more);
      opened.push(another);
      return another;
    },
    async close() {
      for (const one of opened) await one.close();
      await chain.close();
    },
  };
}

/** What a kiosk’s devices and its journal say. */
export type Books = Pick<ChainKiosk, 'journal' | 'physicalTruth'>;

/** Sentences about what does not agree, after the mail to the issuing servers was delivered; none is what every fault must end in. */
export async function disagreements(
  stage: { readonly chain: Chain; readonly kiosk: Books },
  kiosks: readonly Books[] = [stage.kiosk],
): Promise<string[]> {
  await stage.chain.centers[0]?.runJobs();
  const orders = await ledgerOf(stage.chain);
  const found = kiosks.map((kiosk) => {
    const own = new Set(kiosk.journal().map(({ orderId }) => orderId));
    const ofKiosk = orders.filter(({ orderId }) => own.has(orderId));
    return compareTruths(kiosk.physicalTruth(), kiosk.journal(), ofKiosk);
  });
  return [...found.flat(), ...(await issueNumbersAgainst(orders, stage.chain))];
}

/** Coins and sheets as they lie now, to compare with later. */
export function takeStock({ kiosk }: Pick<Stage, 'kiosk'>) {
  const { cash, sheetsOut } = kiosk.physicalTruth();
  const { insertedYen, returnedYen, dispensedYen } = cash;
  return {
    keptYen: insertedYen - returnedYen - dispensedYen,
    sheets: [...sheetsOut.values()].reduce((a, b) => a + b, 0),
  };
}

/** Kinds that are suspended now, and where. */
export async function suspensions({ chain, center }: Stage, lgCode = YUNAGI): Promise<string[]> {
  const atCenter = await center.store.suspensions.active(lgCode);
  const atIssuer = await chain.issuerDb.db.query<{ kind: string }>(
    `select kind from m${lgCode}.suspension where released_at is null`,
  );
  return [...atCenter.map(({ kind }) => `center ${kind}`), ...atIssuer.map(({ kind }) => `issuer ${kind}`)];
}

/** 取扱再開: what staff of both sides type when they have found out what went wrong, for each kind that is suspended. */
export async function releaseByStaff(stage: Stage): Promise<void> {
  const kinds = new Set((await suspensions(stage)).map((row) => row.split(' ')[1] ?? ''));
  for (const kind of kinds) {
    const told = { 'lg-code': YUNAGI, kind, staff: 'shokuin-1', reason: 'the fault was found' };
    await staffCommand(stage.center.store, 'release-suspension', told, new Date());
    const flags = Object.entries(told).flatMap(([name, value]) => [`--${name}`, value]);
    await runStaffCommand(parseStaffLine(['release-suspension', ...flags]), stage.issuer);
  }
}

export async function ledgerOf({ centerDb }: Pick<Chain, 'centerDb'>): Promise<LedgerOrder[]> {
  const orders = await centerDb.db.query<{ order_id: string; state: OrderState; fee_yen: number }>(
    'select order_id, state, fee_yen from orders',
  );
  const copies = await centerDb.db.query<{ order_id: string; copy: number; fee_yen: number; state: string }>(
    'select order_id, copy, fee_yen, state from order_copies',
  );
  const transfers = await centerDb.db.query<{ order_id: string; kind: string; amount_yen: number }>(
    'select order_id, kind, amount_yen from ledger_transfers',
  );
  return orders.map(({ order_id, state, fee_yen }) => {
    const sum = (kind: string) =>
      transfers.reduce((yen, row) => yen + (row.order_id === order_id && row.kind === kind ? row.amount_yen : 0), 0);
    return {
      ...{ orderId: order_id, state, feeYen: fee_yen },
      copies: copies
        .filter((row) => row.order_id === order_id)
        .map((row) => ({ copy: row.copy, feeYen: row.fee_yen, outcome: outcomes.find((one) => one === row.state) })),
      refundedYen: sum('refund'),
      refundPayableYen: sum('refund-payable'),
      owedYen: sum('refund-payable') + sum('change-payable') + sum('deposit-payable'),
    };
  });
}

const outcomes: readonly CopyOutcome[] = ['output', 'uncertain', 'not-output'];

/** 発行番号: handed over for what came out whole, cancelled for all else, and nothing left open. */
async function issueNumbersAgainst(orders: readonly LedgerOrder[], { issuerDb, plan }: Chain): Promise<string[]> {
  const found = await Promise.all(
    plan.towns.map(({ lgCode }) =>
      issuerDb.db.query<{ order_id: string; copy: number; state: string }>(
        `select order_id, copy, state from m${lgCode}.issue_number`,
      ),
    ),
  );
  return found.flat().flatMap(({ order_id, copy, state }) => {
    const order = orders.find(({ orderId }) => orderId === order_id);
    const out = order?.copies.find((one) => one.copy === copy)?.outcome === 'output';
    const due = out ? 'handed-over' : 'cancelled';
    return state === due ? [] : [`the issue number of copy ${copy} of ${order_id} is ${state}, not ${due}`];
  });
}
