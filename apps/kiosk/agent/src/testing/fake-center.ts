/**
 * A center at the port, in memory, for the tests of the agent: the order’s life cycle, real seals and signatures, and a ledger to
 * compare with. It issues documents of its own invented form (see fake-sheets.ts).
 */
import { createHash, verify, X509Certificate } from 'node:crypto';
import {
  digestOf,
  encodeLoginMessage,
  fromBase64,
  generateSigningKey,
  sealCopy,
  selectionDigest,
  signStatement,
  toBase64,
  toHex,
} from '@machikado/pki';
import {
  type Challenge,
  type OrderStatus,
  orderReferenceOf,
  type PlaceOrder,
  type ReleasedShares,
  type ReportOutcome,
  refuse,
  type SealedOrder,
  type SealManifest,
} from '@machikado/protocol';
import type { LedgerOrder } from '@machikado/testkit';
import type { Center, LoginChannel } from '../ports.ts';
import { fakeOffers, nameOfRef } from './fake-offers.ts';
import { fakeDocument } from './fake-sheets.ts';

export const TOWN = '990019';
export const FEE_YEN = 300;

export interface FakeCenterOptions {
  readonly kioskId: string;
  readonly random: (bytes: number) => Uint8Array;
  /** Of one copy; default FEE_YEN. */
  readonly feeYen?: number;
  /** Sheets per copy; default 1. */
  readonly sheets?: number;
  /** What is done to an answer on its way: another order’s, other names, a flipped byte. */
  readonly alter?: {
    readonly manifest?: (manifest: SealManifest) => SealManifest;
    readonly sealed?: (sealed: SealedOrder) => SealedOrder;
    readonly shares?: (shares: ReleasedShares) => ReleasedShares;
    readonly names?: (names: readonly string[]) => readonly string[];
    /** Before it is sealed. */
    readonly document?: (pdf: Uint8Array) => Uint8Array;
    /** Under the seal. */
    readonly pages?: (pdf: Uint8Array) => Uint8Array;
  };
  readonly refuseOrderWith?: Parameters<typeof refuse>[0];
}

interface Held {
  readonly order: PlaceOrder;
  readonly shares: ReleasedShares;
  state: OrderStatus['state'];
  paidWith?: string;
  outcome?: ReportOutcome;
  depositPayableYen?: number;
}

export interface FakeCenter extends Center {
  readonly sealKeys: ReadonlyMap<string, ReturnType<typeof generateSigningKey>['publicKey']>;
  ledger(): readonly LedgerOrder[];
  /** Everything that the agent ever sent, as text. */
  readonly heard: string[];
  readonly orders: ReadonlyMap<string, { readonly order: PlaceOrder }>;
}

const iso = '2026-06-01T03:00:00Z';

export function createFakeCenter(options: FakeCenterOptions): FakeCenter {
  const { random, kioskId, alter = {} } = options;
  const key = generateSigningKey();
  const orders = new Map<string, Held>();
  const heard: string[] = [];
  const hear = (...said: unknown[]) => heard.push(JSON.stringify(said));
  const held = (orderId: string) => orders.get(orderId) ?? refuse('ORDER_UNKNOWN', 'not here');
  const statusOf = (orderId: string): OrderStatus => {
    const { state, order } = held(orderId);
    return { orderId, state, feeYen: order.selection.feeYen, copies: [] };
  };

  const seal = async (order: PlaceOrder): Promise<{ sealed: SealedOrder; shares: ReleasedShares }> => {
    const { orderId, selection, lgCode, sessionId } = order;
    const names = selection.personRefs.map(nameOfRef);
    const sheets = options.sheets ?? 1;
    const honest = fakeDocument(orderId, sheets, alter.names?.(names) ?? names);
    const pdf = alter.document?.(honest) ?? honest;
    const copies = Array.from({ length: selection.copies }, (_, i) => ({
      copy: i + 1,
      ...sealCopy({ pdf: alter.pages?.(pdf) ?? pdf, orderId, copy: i + 1, random }),
    }));
    const manifest: SealManifest = {
      v: 1,
      centerId: 'test-center',
      kioskId,
      sessionId,
      orderId,
      orderReference: orderReferenceOf(orderId),
      lgCode,
      kind: selection.kind,
      selectionDigest: selectionDigest(orderId, selection),
      test: true,
      feeYen: selection.feeYen,
      copies: copies.map(({ copy, ciphertext }) => ({
        copy,
        issueNumber: toHex(random(8)),
        feeYen: selection.feeYen / selection.copies,
        bindingDigest: digestOf('binding'),
        ciphertextDigest: digestOf(ciphertext),
        pdfDigest: digestOf(pdf),
        nameBoxes: names.map(() => ({ page: 1, xMm: 0, yMm: 0, wMm: 1, hMm: 1, nameRef: digestOf('name') })),
      })),
      sheets: copies.flatMap(({ copy }) =>
        Array.from({ length: sheets }, (_, i) => ({
          copy,
          sheet: i + 1,
          of: sheets,
        })),
      ),
      sealedAt: iso,
      expiresAt: iso,
    };
    const jws = await signStatement('machikado-seal', alter.manifest?.(manifest) ?? manifest, key);
    const sealed = {
      orderId,
      manifest: jws,
      copies: copies.map(({ copy, ciphertext, kioskShare }) => ({
        copy,
        ciphertext: toBase64(ciphertext),
        kioskShare: toBase64(kioskShare),
      })),
    };
    const shares = copies.map(({ copy, centerShare }) => ({ copy, centerShare: toBase64(centerShare) }));
    return { sealed: alter.sealed?.(sealed) ?? sealed, shares: { orderId, shares } };
  };

  return {
    sealKeys: new Map([[key.kid, key.publicKey]]),
    heard,
    orders,
    ledger: () => [...orders.entries()].map(([orderId, one]) => toLedger(orderId, one)),
    status: async () => ({ centerId: 'test-center', businessTime: iso, open: true, municipalities: [] }),
    openLogin: async () => fakeLogin({ kioskId, random, hear }),
    async askOffers(sessionId, body) {
      hear(sessionId, body);
      return fakeOffers(sessionId, body.lgCode, options.feeYen ?? FEE_YEN);
    },
    async placeOrder(order) {
      hear(order);
      if (options.refuseOrderWith) refuse(options.refuseOrderWith, 'as the test asked');
      if (orders.has(order.orderId)) refuse('ORDER_DEAD', 'came before');
      const { sealed, shares } = await seal(order);
      orders.set(order.orderId, { order, shares, state: 'sealed' });
      return sealed;
    },
    async reportPayment(orderId, body) {
      hear(orderId, body);
      const one = held(orderId);
      if (body.depositYen < one.order.selection.feeYen) refuse('PAYMENT_SHORT', 'too little');
      if (one.state === 'paid' && one.paidWith !== JSON.stringify(body)) refuse('IDEMPOTENCY_CONFLICT', 'other body');
      if (one.state !== 'sealed' && one.state !== 'paid') refuse('ORDER_DEAD', one.state);
      Object.assign(one, { state: 'paid', paidWith: JSON.stringify(body) });
      return alter.shares?.(one.shares) ?? one.shares;
    },
    async cancelOrder(orderId, body) {
      hear(orderId, body);
      const one = held(orderId);
      if (one.state === 'paid' || one.state === 'settled') refuse('ORDER_ALREADY_PAID', one.state);
      Object.assign(one, { state: 'cancelled', depositPayableYen: body.depositPayableYen });
      return statusOf(orderId);
    },
    async reportOutcome(orderId, body) {
      hear(orderId, body);
      const one = held(orderId);
      if (one.outcome && JSON.stringify(one.outcome) !== JSON.stringify(body)) refuse('IDEMPOTENCY_CONFLICT', 'other');
      if (one.state !== 'paid' && one.state !== 'settled') refuse('ORDER_NOT_PAID', one.state);
      const each = one.order.selection.feeYen / one.order.selection.copies;
      const dueYen = body.copies.filter(({ outcome }) => outcome !== 'output').length * each;
      if (body.refundedYen + body.refundPayableYen !== dueYen) refuse('OUTCOME_UNBALANCED', 'sums');
      Object.assign(one, { state: 'settled', outcome: body });
      return statusOf(orderId);
    },
    async endSession(sessionId) {
      hear(sessionId);
    },
  };
}

function toLedger(orderId: string, { state, order, outcome, depositPayableYen = 0 }: Held): LedgerOrder {
  const { copies, feeYen } = order.selection;
  return {
    orderId,
    state,
    feeYen,
    copies: Array.from({ length: copies }, (_, i) => ({
      copy: i + 1,
      feeYen: feeYen / copies,
      outcome: outcome?.copies.find(({ copy }) => copy === i + 1)?.outcome,
    })),
    refundedYen: outcome?.refundedYen ?? 0,
    refundPayableYen: outcome?.refundPayableYen ?? 0,
    owedYen: (outcome?.refundPayableYen ?? 0) + (outcome?.changePayableYen ?? 0) + depositPayableYen,
  };
}

interface LoginPorts {
  readonly kioskId: string;
  readonly random: (bytes: number) => Uint8Array;
  readonly hear: (...said: unknown[]) => void;
}

/** Checks the card’s signature over the message that the center would expect. */
function fakeLogin({ kioskId, random, hear }: LoginPorts): LoginChannel {
  const exporter = new Uint8Array(createHash('sha256').update(random(8)).digest());
  let challenge: Challenge | undefined;
  return {
    exporter: async () => exporter,
    async begin() {
      challenge = {
        sessionId: toHex(random(16)),
        centerId: 'test-center',
        operatorId: 'operator-a',
        kioskId,
        nonce: toHex(random(32)),
        expiresAt: iso,
      };
      return challenge;
    },
    async prove(sessionId, body) {
      hear(sessionId, body);
      if (challenge?.sessionId !== sessionId) return refuse('SESSION_UNKNOWN', 'other session');
      const message = encodeLoginMessage({ ...challenge, exporter });
      challenge = undefined;
      const { publicKey } = new X509Certificate(fromBase64(body.authCert));
      if (!verify('sha256', message, publicKey, fromBase64(body.signature))) refuse('PROOF_REFUSED', 'signature');
      return {
        proof: { ...body, message: toBase64(message), ocspResponse: '' },
        municipalities: [{ lgCode: TOWN, role: 'residence' as const }],
        expiresAt: iso,
      };
    },
    close: async () => {},
  };
}
