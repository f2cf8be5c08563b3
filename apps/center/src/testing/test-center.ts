/** A center for tests: real use cases on a real PostgreSQL, with clocks, JPKI, issuing server and documents in the test's hands. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { treatmentKeysFrom } from '@machikado/antiforgery';
import { type TestDatabase, testDatabase } from '@machikado/database';
import { certRef, digestOf, kidOf, openCopy, type RevocationStatus, toHex } from '@machikado/pki';
import {
  certificateKinds,
  type ErrorCode,
  type OrderState,
  type PlaceOrder,
  ProtocolError,
  type ReportOutcome,
  type Role,
  type SealedOrder,
  type Selection,
} from '@machikado/protocol';
import { createLog, Deadline, systemClocks } from '@machikado/server';
import { type Cardholder, createTestCardholders } from '@machikado/testkit';
import { Breaker } from '../adapters/breaker.ts';
import { guardedGateway } from '../adapters/guarded-gateway.ts';
import { type IssuerWatch, watchIssuers } from '../adapters/issuer-watch.ts';
import { openStore } from '../adapters/postgres/open-store.ts';
import { ResponderWatch } from '../adapters/responder-watch.ts';
import { giveUpOrder } from '../give-up-order.ts';
import type { Center, RevocationSource } from '../ports.ts';
import type { Kiosk, Municipality, Settings } from '../settings.ts';
import { askOffers } from '../use-cases/ask-offers.ts';
import { beginSession } from '../use-cases/begin-session.ts';
import { placeOrder } from '../use-cases/place-order.ts';
import { proveSession } from '../use-cases/prove-session.ts';
import { publishDirectory } from '../use-cases/publish-directory.ts';
import { reportOutcome } from '../use-cases/report-outcome.ts';
import { reportPayment } from '../use-cases/report-payment.ts';
import { fakeReader } from './fake-documents.ts';
import { FakeIssuer } from './fake-issuer.ts';
import { FakeSite } from './fake-site.ts';
import { fakeTreatment } from './fake-treatment.ts';

/** A Wednesday at noon in Japan. */
export const noon = new Date('2026-06-03T03:00:00Z');
export const cardholders = await createTestCardholders(noon);
export const card = await cardholders.makeCardholder('2b3c4d5e');
export const kioskA: Kiosk = {
  kioskId: 'kiosk-a-0001',
  operatorId: 'operator-a',
  spkiPins: ['a1'.repeat(32)],
  test: false,
  copyWarning: 'middle-gain',
};
export const kioskB: Kiosk = {
  kioskId: 'kiosk-b-0001',
  operatorId: 'operator-b',
  spkiPins: ['b2'.repeat(32)],
  test: false,
  copyWarning: 'high-gain',
};
export const yunagi = '990019';
export const mutou = '990027';
const exporter = new Uint8Array(32).fill(7);
const sealKeys = generateKeyPairSync('ed25519');
export const sheetKeys = { master: new Uint8Array(32).fill(3), signing: generateKeyPairSync('ed25519') };

export interface TestCenter {
  readonly center: Center;
  readonly watch: IssuerWatch;
  readonly issuer: FakeIssuer;
  readonly site: FakeSite;
  readonly database: TestDatabase;
  readonly clocks: { machine: Date; business: Date };
  readonly statuses: Map<string, RevocationStatus>;
  readonly logLines: string[];
  /** Another process on the same database. */
  another(change?: Partial<Center>): Center;
  pass(ms: number): void;
  close(): Promise<void>;
}

export async function createTestCenter(): Promise<TestCenter> {
  const database = await testDatabase(new URL('../../db/', import.meta.url));
  const issuer = new FakeIssuer();
  issuer.subject = card.certKey;
  const clocks = { machine: noon, business: noon };
  const statuses = new Map<string, RevocationStatus>();
  const logLines: string[] = [];
  const settings = testSettings(issuer);
  const site = new FakeSite(sealVerifiers);
  const revocation: RevocationSource = {
    ask: async (request) => cardholders.respond(request, { at: clocks.machine, statuses }),
  };

  function another(override: Partial<Center> = {}): Center {
    const now = () => clocks.machine.getTime();
    const breaker = new Breaker({ now, opensAfter: 3, pauseMs: 10_000 });
    const log = createLog({ service: 'center', write: (line) => void logLines.push(line) });
    const issuers = guardedGateway(override.issuers ?? issuer, breaker, now);
    return {
      settings: () => settings,
      standings: watchIssuers(issuers, breaker),
      responder: new ResponderWatch(log),
      businessClock: { now: () => clocks.business },
      machineClock: { now: () => clocks.machine },
      random: (bytes) => new Uint8Array(randomBytes(bytes)),
      store: openStore(database.db),
      revocation,
      sites: site,
      reader: fakeReader(),
      treatment: fakeTreatment(),
      log,
      ...override,
      issuers,
    };
  }

  const center = another();
  const test: TestCenter = {
    ...{ center, issuer, site, database, clocks, statuses, logLines, another },
    watch: center.standings as IssuerWatch,
    pass(ms) {
      clocks.machine = new Date(clocks.machine.getTime() + ms);
    },
    close: () => database.drop(),
  };
  await register(test, card, yunagi);
  return test;
}

function testSettings(issuer: FakeIssuer): Settings {
  const town = (lgCode: string, name: string): Municipality => ({
    lgCode,
    name,
    kinds: certificateKinds,
    test: false,
    issuers: [{ url: 'https://issuer.machikado.test', spkiPins: ['c3'.repeat(32)] }],
    approvedBuilds: [issuer.build],
    bindingKey: issuer.bindingKey,
    bindingSigners: new Map([[issuer.signer.kid, issuer.signer.publicKey]]),
  });
  const towns = [town(yunagi, '夕凪市'), town(mutou, '霧笛町')];
  return {
    centerId: 'center-1',
    kiosks: new Map([kioskA, kioskB].map((kiosk) => [kiosk.kioskId, kiosk])),
    municipalities: new Map(towns.map((row) => [row.lgCode, row])),
    keys: {
      directory: new Uint8Array(32).fill(1),
      proof: new Uint8Array(32).fill(2),
      seal: { privateKey: sealKeys.privateKey, kid: kidOf(sealKeys.privateKey) },
      sheets: treatmentKeysFrom({
        encryptionKeyId: 1,
        master: sheetKeys.master,
        signingKeyId: 2,
        signingKey: sheetKeys.signing.privateKey,
      }),
    },
    jpki: {
      anchors: cardholders.anchors,
      profile: cardholders.profile,
      ocspMaxAgeMs: 600_000,
      ocspSkewMs: 60_000,
      ocspUrl: 'http://ocsp.machikado.test/',
      ocspTimeoutMs: 3_000,
    },
    lasts: { challengeMs: 90_000, provenMs: 600_000, requestedMs: 60_000, sealedMs: 600_000, paidMs: 1_800_000 },
    inquiryUrl: 'https://inquiry.machikado.test/',
    verificationSites: [{ url: 'https://site.machikado.test', spkiPins: ['d4'.repeat(32)] }],
  };
}

export const sealVerifiers = new Map([[kidOf(sealKeys.publicKey), sealKeys.publicKey]]);

export async function register(
  { center }: TestCenter,
  { certKey }: Cardholder,
  lgCode: string,
  entry: { readonly role?: Role; readonly version?: number; readonly active?: boolean } = {},
): Promise<void> {
  const { role = 'residence', version = 1, active = true } = entry;
  const ref = certRef(center.settings().keys.directory, certKey);
  await publishDirectory(center, [lgCode], { lgCode, entries: [{ certRef: ref, role, version, active }] });
}

export function deadline(ms = 30_000): Deadline {
  return Deadline.after(ms, systemClocks());
}

/** A deadline that passes when the test says so. */
export function manualDeadline(): { readonly deadline: Deadline; pass(): void } {
  let nowMs = 0;
  let ring = () => {};
  const timers = {
    after: (_ms: number, callback: () => void) => {
      ring = callback;
      return () => {};
    },
  };
  return {
    deadline: Deadline.after(1_000, { monotonic: { nowMs: () => nowMs }, timers }),
    pass() {
      nowMs = 1_000;
      ring();
    },
  };
}

export async function login(center: Center, holder: Cardholder = card, kiosk = kioskA) {
  const challenge = await beginSession(center, kiosk, exporter);
  const answer = holder.sign({ ...challenge, exporter });
  return {
    ...(await proveSession(center, { ...challenge, kiosk, exporter, answer, deadline: deadline() })),
    challenge,
  };
}

export function begin(center: Center, kiosk = kioskA) {
  return beginSession(center, kiosk, exporter);
}

export function prove(
  center: Center,
  challenge: Awaited<ReturnType<typeof beginSession>>,
  change: {
    readonly holder?: Cardholder;
    readonly kiosk?: Kiosk;
    readonly exporter?: Uint8Array;
    readonly signedExporter?: Uint8Array;
    readonly within?: Deadline;
  } = {},
) {
  const { holder = card, kiosk = kioskA } = change;
  const answer = holder.sign({ ...challenge, exporter: change.signedExporter ?? exporter });
  const { sessionId } = challenge;
  return proveSession(center, {
    sessionId,
    kiosk,
    exporter: change.exporter ?? exporter,
    answer,
    deadline: change.within ?? deadline(),
  });
}

export const selection: Selection = {
  kind: 'resident-record',
  scope: 'self',
  personRefs: ['aa'.repeat(16)],
  items: [],
  copies: 1,
  feeYen: 300,
};

export type Proven = Awaited<ReturnType<typeof login>>;

export function orderFor(proven: Proven, change: Partial<PlaceOrder> = {}): PlaceOrder {
  return {
    orderId: randomId(),
    sessionId: proven.challenge.sessionId,
    lgCode: yunagi,
    proof: proven.proof,
    selection,
    ...change,
  };
}

export function offersFor(center: Center, proven: Proven, lgCode = yunagi) {
  const { proof, challenge } = proven;
  return askOffers(center, { sessionId: challenge.sessionId, kiosk: kioskA, lgCode, proof }, deadline());
}

export function place(center: Center, order: PlaceOrder, kiosk = kioskA, within = deadline()): Promise<SealedOrder> {
  return placeOrder(center, kiosk, order, within);
}

export async function placed(center: Center, copies = 1): Promise<SealedOrder> {
  const feeYen = 300 * copies;
  return place(center, orderFor(await login(center), { selection: { ...selection, copies, feeYen } }));
}

export function pay(center: Center, sealed: SealedOrder, depositYen = 300 * sealed.copies.length, kiosk = kioskA) {
  return reportPayment(center, kiosk, sealed.orderId, { depositYen, manifestDigest: digestOf(sealed.manifest) });
}

export function outcomeOf(
  sealed: SealedOrder,
  outcomes: readonly ReportOutcome['copies'][number]['outcome'][] = sealed.copies.map(() => 'output' as const),
  refundPayableYen = 0,
): ReportOutcome {
  const owed = 300 * outcomes.filter((outcome) => outcome !== 'output').length;
  return {
    copies: outcomes.map((outcome, i) => ({ copy: i + 1, outcome, sheetsOut: outcome === 'output' ? 1 : 0 })),
    refundedYen: owed - refundPayableYen,
    refundPayableYen,
    changePayableYen: 0,
  };
}

export function report(center: Center, sealed: SealedOrder, outcome = outcomeOf(sealed), kiosk = kioskA) {
  return reportOutcome(center, kiosk, sealed.orderId, outcome);
}

/** An order in each state of its life. */
export async function orderIn(test: TestCenter, state: OrderState): Promise<SealedOrder> {
  const { center } = test;
  const sealed = await placed(center);
  const order = async () => {
    const found = await center.store.orders.find(sealed.orderId);
    if (!found) throw new Error('the order is gone');
    return found;
  };
  const owner = test.database.ownerDb;
  switch (state) {
    case 'requested':
    case 'failed':
      // As a center leaves it that dies before the answer comes.
      await owner.run('DELETE FROM order_copies WHERE order_id = $1', [sealed.orderId]);
      await owner.run("UPDATE orders SET state = 'requested', manifest_digest = NULL WHERE order_id = $1", [
        sealed.orderId,
      ]);
      if (state === 'failed') await center.store.transaction(async (t) => giveUpOrder(t, await order(), 'test', noon));
      break;
    case 'cancelled':
      await center.store.transaction(async (t) => giveUpOrder(t, await order(), 'resident', noon));
      break;
    case 'paid':
    case 'settled':
      await pay(center, sealed);
      if (state === 'settled') await report(center, sealed);
      break;
    case 'sealed':
      break;
  }
  return sealed;
}

/** The code with which it was refused; `ok` when it was not. */
export async function codeOf(work: Promise<unknown>): Promise<ErrorCode | 'ok'> {
  try {
    await work;
    return 'ok';
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
}

export async function stateOf(center: Center, orderId: string): Promise<OrderState | undefined> {
  return (await center.store.orders.find(orderId))?.state;
}

export function opened(sealed: SealedOrder, shares: Awaited<ReturnType<typeof pay>>): string[] {
  return sealed.copies.map(({ copy, ciphertext, kioskShare }) => {
    const share = shares.shares.find((row) => row.copy === copy);
    const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
    const pdf = openCopy({
      orderId: sealed.orderId,
      copy,
      ciphertext: bytes(ciphertext),
      kioskShare: bytes(kioskShare),
      centerShare: bytes(share?.centerShare ?? ''),
    });
    return Buffer.from(pdf).toString();
  });
}

export function eventsOf(test: TestCenter, orderId: string): Promise<string[]> {
  return test.database.db
    .query<{ event: string }>('SELECT event FROM audit_events WHERE order_id = $1', [orderId])
    .then((rows) => rows.map(({ event }) => event));
}

export function randomId(): string {
  return toHex(new Uint8Array(randomBytes(16)));
}
