/**
 * The fault table of an order: everything that registry, issuing server, center and the lines between them can do wrong, each
 * driven by the real kiosk. The exact code at the kiosk, no money, no paper, a suspension where a mismatch demands one and
 * nowhere else, the three truths in agreement, and the next person is served.
 */

import type { CenterConfig } from '@machikado/center';
import { parseCalendarDate } from '@machikado/domain';
import { lettersOf } from '@machikado/inspection';
import type { EndCode } from '@machikado/kiosk-agent';
import { digestOf, generateSigningKey, nameRef, type SigningKey, signStatement, subjectRef } from '@machikado/pki';
import {
  type BindingRecord,
  certificateKinds,
  type IssuedCopy,
  type IssuedOrder,
  type IssuerOrder,
  orderReferenceOf,
  ProtocolError,
  type SealedOrder,
} from '@machikado/protocol';
import type { PersonaKey } from '@machikado/registry';
import { Deadline, systemClocks } from '@machikado/server';
import { centerConfig } from '@machikado/town';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import {
  disagreements,
  KIND,
  MUTEKI,
  openStage,
  releaseByStaff,
  type Stage,
  suspensions,
  takeStock,
  YUNAGI,
} from './fault-table.ts';
import { type Chain, WITHOUT_JOBS } from './open-chain.ts';
import type { Wishes } from './open-kiosk.ts';
import { type BoundPage, bindPages, pagesOf, whiteOver } from './page-surgery.ts';
import { openLine, type TcpLine } from './tcp-line.ts';

const BREAKER = { opensAfter: 2, pauseMs: 60_000 };
/** As long as the center waits for an issuing server before it calls him late. */
const LATE_MS = 30_000;

let stage: Stage;
let toIssuer: TcpLine;
let toRegistry: TcpLine;
/** What the issuing server honestly answered to others before. */
const answered = new Map<string, { readonly issued: IssuedOrder; readonly order: IssuerOrder }>();

beforeAll(async () => {
  [toIssuer, toRegistry] = await Promise.all([openLine(), openLine()]);
  stage = await openStage({
    people: { [YUNAGI]: ['family-head', 'couple', 'single', 'big-household'], [MUTEKI]: ['single'] },
    centerConfig: { breaker: BREAKER },
    registryPort: toRegistry.port,
    async prepare(chain) {
      toIssuer.leadTo(chain.plan.issuers[0]?.port ?? 0);
      toRegistry.leadTo(chain.plan.registries[0]?.port ?? 0);
      await chain.centers[0]?.reload(overTheLine(chain));
    },
  });
  await remember('couple', { scope: 'self' });
  await remember('big-household', { scope: 'household' });
}, 90_000);

afterEach(async () => {
  vi.restoreAllMocks();
  await releaseByStaff(stage);
});

afterAll(async () => {
  await stage?.close();
  await Promise.all([toIssuer?.close(), toRegistry?.close()]);
});

/** The center’s settings, with the line to the issuing server in the hands of the test. */
function overTheLine({ plan }: Chain, change: Partial<CenterConfig['municipalities'][number]> = {}): CenterConfig {
  const config = centerConfig(plan, 'center-1');
  const municipalities = config.municipalities.map((town) => ({
    ...town,
    issuers: town.issuers.map((issuer) => ({ ...issuer, url: `https://127.0.0.1:${toIssuer.port}` })),
    ...change,
  }));
  return { ...config, ...WITHOUT_JOBS.centerConfig, breaker: BREAKER, municipalities };
}

async function remember(person: PersonaKey, wishes: Wishes): Promise<void> {
  answerWith((issued, order) => {
    answered.set(person, { issued, order });
    return issued;
  });
  expect((await stage.use(person, wishes)).end.code).toBe('OK');
  vi.restoreAllMocks();
}

// ---- Where faults step in.

type Lie = (honest: IssuedOrder, order: IssuerOrder) => IssuedOrder | Promise<IssuedOrder>;
type Forms = Stage['issuer']['forms'];
type Content = Parameters<Forms['typeset']>[0];
type Typeset = Awaited<ReturnType<Forms['typeset']>>;
type Bungle = (
  honest: (content?: Partial<Content>) => Promise<Typeset>,
  content: Content,
  deadline: Deadline,
) => Promise<Typeset>;

/** What the issuing server answers, on its way to the center. */
function answerWith(lie: Lie): void {
  const { issuers } = stage.center;
  const { order: ask } = issuers;
  vi.spyOn(issuers, 'order').mockImplementation(async (town, order, deadline) =>
    lie(await ask(town, order, deadline), order),
  );
}

/** What the typesetter makes, before the issuing server looks at it. */
function typesetWith(bungle: Bungle): void {
  const { forms } = stage.issuer;
  const { typeset } = forms;
  vi.spyOn(forms, 'typeset').mockImplementation((content, deadline) =>
    bungle((change) => typeset({ ...content, ...change }, deadline), content, deadline),
  );
}

/** The n-th time the registry is asked: offers, order, second look. */
const READS = { offers: 1, order: 2, secondLook: 3 } as const;

function registryAt(
  read: keyof typeof READS,
  say: (honest: HouseholdReply, deadline: Deadline) => HouseholdReply | Promise<HouseholdReply>,
): void {
  const { registry } = stage.issuer;
  const { readRecord } = registry;
  let reads = 0;
  vi.spyOn(registry, 'readRecord').mockImplementation(async (question, deadline) => {
    reads += 1;
    const honest = await readRecord(question, deadline);
    return reads === READS[read] ? say(honest, deadline) : honest;
  });
}
type HouseholdReply = Awaited<ReturnType<Stage['issuer']['registry']['readRecord']>>;

/** What the center sealed, on its way to the kiosk. */
function sealedWith(change: (sealed: SealedOrder) => SealedOrder): void {
  const { center } = stage.kioskPorts;
  const { placeOrder } = center;
  vi.spyOn(center, 'placeOrder').mockImplementation(async (body) => change(await placeOrder(body)));
}

/** The time that the center gives the issuing server; it is over when the test says so. */
function timeForIssuer(): { end(): void } {
  const { issuers } = stage.center;
  const { order: ask } = issuers;
  let end = () => {};
  vi.spyOn(issuers, 'order').mockImplementation((town, order) => {
    let nowMs = 0;
    const after = (_ms: number, ring: () => void) => {
      end = () => {
        nowMs = LATE_MS;
        ring();
      };
      return () => {};
    };
    return ask(town, order, Deadline.after(LATE_MS, { monotonic: { nowMs: () => nowMs }, timers: { after } }));
  });
  return { end: () => end() };
}

// ---- How one lies well.

function town(lgCode = YUNAGI) {
  const found = stage.issuer.municipalities.find(lgCode);
  if (!found) throw new RangeError(`no town ${lgCode}`);
  return found;
}

const recordOf = ({ bindingRecord }: IssuedCopy) =>
  JSON.parse(Buffer.from(bindingRecord.split('.')[1] ?? '', 'base64url').toString()) as BindingRecord;

const pdfOf = ({ pdf }: IssuedCopy) => new Uint8Array(Buffer.from(pdf, 'base64'));
const withPdf = (copy: IssuedCopy, pdf: Uint8Array): IssuedCopy => ({
  ...copy,
  pdf: Buffer.from(pdf).toString('base64'),
});

/** A record that says something else, signed with the municipality’s own key. */
async function restated(copy: IssuedCopy, change: Partial<BindingRecord>, signer: SigningKey = town().keys.signing) {
  return { ...copy, bindingRecord: await signStatement('machikado-binding', { ...recordOf(copy), ...change }, signer) };
}

/** A record that was made after the mix-up, and so is right about every page of the wrong document. */
async function boundTo(copy: IssuedCopy, pdf: Uint8Array, change: Partial<BindingRecord> = {}): Promise<IssuedCopy> {
  const { pages } = await stage.issuer.reader.read(pdf.slice());
  const digests = pages.map(({ number, digest }) => ({ page: number, of: pages.length, digest }));
  return withPdf(await restated(copy, { pdfDigest: digestOf(pdf), pages: digests, ...change }), pdf);
}

const eachCopy =
  (change: (copy: IssuedCopy, order: IssuerOrder) => IssuedCopy | Promise<IssuedCopy>): Lie =>
  async (issued, order) => ({ ...issued, copies: await Promise.all(issued.copies.map((copy) => change(copy, order))) });

const onPages = (change: (pages: BoundPage[]) => readonly BoundPage[]) => (pdf: Uint8Array) =>
  bindPages(change(pagesOf(pdf)));

function othersAnswer(person: PersonaKey): IssuedOrder {
  const found = answered.get(person);
  if (!found) throw new RangeError(`nothing was issued to ${person}`);
  return found.issued;
}

function firstCopy({ copies: [copy] }: IssuedOrder): IssuedCopy {
  if (!copy) throw new RangeError('an answer without copies');
  return copy;
}

/** Everything about the answer is in order, but the person on the paper is another: names, boxes, references, pages, margin. */
async function otherPersonThroughout(copy: IssuedCopy, { orderId }: IssuerOrder): Promise<IssuedCopy> {
  const { issueNumber } = recordOf(copy);
  const { keys, mayors } = town();
  const mayor = mayors.at(-1)?.value;
  if (!mayor) throw new RangeError('a town has a mayor');
  const household = stage.household('couple');
  const persons = household.members.filter(({ residentId }) => residentId === stage.residentId('couple'));
  const content: Content = {
    ...{ kind: KIND, scope: 'self', items: [], issuedOn: parseCalendarDate('2026-11-24') },
    ...{ record: household, persons, mayor, issueNumber, orderReference: orderReferenceOf(orderId) },
  };
  const made = await stage.issuer.forms.typeset(content, Deadline.after(LATE_MS, systemClocks()));
  const nameBoxes = made.nameBoxes.map(({ name, ...box }) => ({
    ...box,
    nameRef: nameRef(keys.bindingKey, orderId, lettersOf(name)),
  }));
  return boundTo(copy, made.pdf, { nameBoxes });
}

// ---- The table.

interface Row {
  readonly fault: string;
  readonly code: EndCode;
  readonly play: () => unknown;
  readonly suspended?: 'center' | 'issuer';
  /** Before there is an order nobody can say which kind it is about. */
  readonly everyKind?: true;
  readonly wishes?: Wishes;
  readonly person?: PersonaKey;
  /** What ends by itself. */
  readonly after?: () => unknown;
}

const twoSheets = { person: 'big-household', wishes: { scope: 'household' } } as const;
const twoSheetsTwice = { person: 'big-household', wishes: { scope: 'household', copies: 2 } } as const;
const mismatch = { code: 'BINDING_MISMATCH', suspended: 'center' } as const;
const unsound = { code: 'INSPECTION_FAILED', suspended: 'issuer' } as const;
const away = { code: 'MUNICIPALITY_UNAVAILABLE' } as const;

const answers: readonly Row[] = [
  { ...mismatch, fault: 'the answer to another order', play: () => answerWith(() => othersAnswer('couple')) },
  {
    ...mismatch,
    fault: 'the answer to another order under this order’s id',
    play: () => answerWith((honest) => ({ ...othersAnswer('couple'), orderId: honest.orderId })),
  },
  {
    ...mismatch,
    fault: 'another person’s document beside the right record',
    play: () => answerWith(eachCopy((copy) => withPdf(copy, pdfOf(firstCopy(othersAnswer('couple')))))),
  },
  {
    ...mismatch,
    fault: 'another person’s document with a record that looks right',
    play: () => answerWith(eachCopy((copy) => boundTo(copy, pdfOf(firstCopy(othersAnswer('couple')))))),
  },
  {
    ...mismatch,
    fault: 'another person’s record beside the right document',
    play: () =>
      answerWith(eachCopy((copy) => ({ ...copy, bindingRecord: firstCopy(othersAnswer('couple')).bindingRecord }))),
  },
  {
    ...mismatch,
    fault: 'a record about another cardholder',
    play: () =>
      answerWith(
        eachCopy((copy, { orderId }) => {
          const ref = subjectRef(town().keys.bindingKey, orderId, stage.card('couple').auth);
          return restated(copy, { subjectRef: ref });
        }),
      ),
  },
  {
    ...mismatch,
    fault: 'another choice than the one confirmed',
    play: () =>
      answerWith(
        eachCopy((copy) =>
          restated(copy, { selectionDigest: recordOf(firstCopy(othersAnswer('couple'))).selectionDigest }),
        ),
      ),
  },
  ...(
    [
      ['swapped pages', twoSheets, onPages((pages) => pages.toReversed())],
      ['a dropped page', twoSheets, onPages((pages) => pages.slice(0, 1))],
      ['an extra page', twoSheets, onPages((pages) => [...pages, ...pages.slice(0, 1)])],
      ['a page of another person', {}, onPages(() => pagesOf(pdfOf(firstCopy(othersAnswer('couple')))))],
    ] as const
  ).map(
    ([fault, who, change]): Row => ({
      ...mismatch,
      ...who,
      fault,
      play: () =>
        answerWith(
          eachCopy((copy) => {
            const pdf = change(pdfOf(copy));
            return restated(withPdf(copy, pdf), { pdfDigest: digestOf(pdf) });
          }),
        ),
    }),
  ),
  {
    ...mismatch,
    ...twoSheets,
    fault: 'swapped pages after the record was signed',
    play: () => answerWith(eachCopy((copy) => withPdf(copy, onPages((pages) => pages.toReversed())(pdfOf(copy))))),
  },
  {
    ...mismatch,
    fault: 'a dropped page that the record does not miss either',
    ...twoSheets,
    play: () => answerWith(eachCopy((copy) => boundTo(copy, onPages((pages) => pages.slice(0, 1))(pdfOf(copy))))),
  },
  {
    ...mismatch,
    fault: 'an extra page that the record knows too',
    ...twoSheets,
    play: () => answerWith(eachCopy((copy) => boundTo(copy, onPages((pages) => [...pages, ...pages])(pdfOf(copy))))),
  },
  {
    ...mismatch,
    fault: 'pages of two copies swapped',
    ...twoSheetsTwice,
    play: () =>
      answerWith((honest) => {
        const [one, two] = honest.copies.map((copy) => pagesOf(pdfOf(copy)));
        const pages = (a: readonly BoundPage[] = [], b: readonly BoundPage[] = []) => [...a.slice(0, 1), ...b.slice(1)];
        const bound = [bindPages(pages(one, two)), bindPages(pages(two, one))];
        return { ...honest, copies: honest.copies.map((copy, i) => withPdf(copy, bound[i] ?? pdfOf(copy))) };
      }),
  },
  {
    ...mismatch,
    fault: 'the documents of two copies swapped',
    ...twoSheetsTwice,
    play: () =>
      answerWith((honest) => {
        const pdfs = honest.copies.map(({ pdf }) => pdf).reverse();
        return { ...honest, copies: honest.copies.map((copy, i) => ({ ...copy, pdf: pdfs[i] ?? copy.pdf })) };
      }),
  },
  {
    ...mismatch,
    fault: 'one copy twice',
    ...twoSheetsTwice,
    play: () => answerWith((honest) => ({ ...honest, copies: honest.copies.map(() => firstCopy(honest)) })),
  },
  {
    ...mismatch,
    fault: 'a copy too few',
    ...twoSheetsTwice,
    play: () => answerWith((honest) => ({ ...honest, copies: honest.copies.slice(0, 1) })),
  },
  {
    ...mismatch,
    fault: 'a name that cannot be seen',
    play: () =>
      answerWith(
        eachCopy((copy) => {
          const boxes = recordOf(copy).nameBoxes.map(whiteOver).join(' ');
          return boundTo(copy, onPages((pages) => pages.map((page) => ({ ...page, over: boxes })))(pdfOf(copy)));
        }),
      ),
  },
  { ...mismatch, fault: 'another fee', play: () => answerWith(eachCopy((copy) => restated(copy, { feeYen: 190 }))) },
  {
    ...mismatch,
    fault: 'another kind of certificate',
    play: () => answerWith(eachCopy((copy) => restated(copy, { kind: 'seal-registration' as BindingRecord['kind'] }))),
  },
  {
    ...mismatch,
    fault: 'another build than the approved one',
    play: () => answerWith(eachCopy((copy) => restated(copy, { build: 'b'.repeat(64) }))),
  },
  {
    ...mismatch,
    fault: 'a record under another municipality’s key',
    play: () => answerWith(eachCopy((copy) => restated(copy, {}, town(MUTEKI).keys.signing))),
  },
  {
    ...mismatch,
    fault: 'a record under a key that nobody knows',
    play: () => answerWith(eachCopy((copy) => restated(copy, {}, generateSigningKey()))),
  },
  {
    ...mismatch,
    fault: 'an issue number that was used before',
    play: () =>
      answerWith(
        eachCopy((copy) => restated(copy, { issueNumber: recordOf(firstCopy(othersAnswer('couple'))).issueNumber })),
      ),
  },
  {
    ...mismatch,
    fault: 'an answer of another municipality',
    play: () => answerWith((honest) => ({ ...honest, lgCode: MUTEKI })),
  },
  {
    fault: 'another person, consistently: only the names can tell',
    code: 'BINDING_MISMATCH',
    play: () => answerWith(eachCopy(otherPersonThroughout)),
  },
];

const typesetting: readonly Row[] = [
  {
    ...unsound,
    fault: 'another person is typeset',
    play: () =>
      typesetWith((typeset) => {
        const record = stage.household('couple');
        return typeset({ record, persons: record.members.slice(0, 1) });
      }),
  },
  {
    ...unsound,
    fault: 'one digit of the birth date changes',
    play: () =>
      typesetWith((typeset) => {
        const household = stage.household('family-head');
        const members = household.members.map((person) => ({
          ...person,
          birth: { ...person.birth, day: ((person.birth.day ?? 1) % 28) + 1 },
        }));
        return typeset({ record: { ...household, members } });
      }),
  },
  {
    ...unsound,
    fault: 'the issue number of another copy is printed',
    play: () => typesetWith((typeset) => typeset({ issueNumber: '0123456789abcdef' })),
  },
  {
    ...unsound,
    fault: 'the margin of another order is printed',
    play: () => typesetWith((typeset) => typeset({ orderReference: orderReferenceOf('f'.repeat(32)) })),
  },
  ...(
    [
      ['pages come out swapped', twoSheets, (pages) => pages.toReversed()],
      ['a page is lost', twoSheets, (pages) => pages.slice(0, 1)],
      ['a page comes twice', twoSheets, (pages) => [...pages, ...pages.slice(1)]],
    ] as readonly (readonly [string, typeof twoSheets, (pages: BoundPage[]) => BoundPage[]])[]
  ).map(
    ([fault, who, change]): Row => ({
      ...unsound,
      ...who,
      fault,
      play: () =>
        typesetWith(async (typeset) => {
          const made = await typeset();
          return { ...made, pdf: onPages(change)(made.pdf) };
        }),
    }),
  ),
  {
    ...unsound,
    ...twoSheetsTwice,
    fault: 'second pages of two copies are swapped',
    play: () => {
      const made: Promise<Typeset>[] = [];
      let bothBegun = () => {};
      const both = new Promise<void>((resolve) => {
        bothBegun = resolve;
      });
      typesetWith(async (typeset) => {
        const own = made.push(typeset()) - 1;
        if (made.length === 2) bothBegun();
        await both;
        const [mine, other] = await Promise.all([made[own], made[1 - own]]);
        if (!mine || !other) throw new RangeError('two copies');
        return { ...mine, pdf: bindPages([...pagesOf(mine.pdf).slice(0, 1), ...pagesOf(other.pdf).slice(1)]) };
      });
    },
  },
  {
    ...unsound,
    fault: 'a name comes out white',
    play: () =>
      typesetWith(async (typeset) => {
        const made = await typeset();
        const boxes = made.nameBoxes.map(whiteOver).join(' ');
        return { ...made, pdf: onPages((pages) => pages.map((page) => ({ ...page, over: boxes })))(made.pdf) };
      }),
  },
  {
    ...unsound,
    fault: 'what comes out is no document',
    play: () =>
      typesetWith(async (typeset) => ({ ...(await typeset()), pdf: new Uint8Array(Buffer.from('%PDF-1.7\n')) })),
  },
  {
    ...away,
    fault: 'the typesetter breaks',
    play: () => typesetWith(() => Promise.reject(new Error('the process ended'))),
  },
  {
    fault: 'the typesetter says itself that it is late',
    code: 'DEADLINE_PASSED',
    play: () => typesetWith(() => Promise.reject(new ProtocolError('DEADLINE_PASSED', 'too late'))),
  },
];

const registry: readonly Row[] = [
  {
    fault: 'the record changes between the two reads, every time',
    code: 'RECORD_CHANGED',
    play: () =>
      typesetWith((typeset) => {
        moveHouse();
        return typeset();
      }),
  },
  {
    ...unsound,
    fault: 'the second look finds other contents under the same version',
    play: () => registryAt('secondLook', (honest) => ({ ...honest, address: `${honest.address}別棟` })),
  },
  {
    ...unsound,
    fault: 'the second look is at another household of the same version',
    play: () => registryAt('secondLook', ({ version, readAt }) => ({ ...stage.household('couple'), version, readAt })),
  },
  {
    ...unsound,
    fault: 'the order reads another household',
    play: () => registryAt('order', () => stage.household('couple')),
  },
  {
    fault: 'the offers read another household',
    code: 'REGISTRY_UNAVAILABLE',
    suspended: 'issuer',
    everyKind: true,
    play: () => registryAt('offers', () => stage.household('couple')),
  },
  {
    fault: 'the registry is dead',
    code: 'REGISTRY_UNAVAILABLE',
    play: () => toRegistry.fail('refused'),
    after: () => toRegistry.mend(),
  },
  {
    fault: 'the registry dies before the second look',
    code: 'REGISTRY_UNAVAILABLE',
    play: () =>
      typesetWith(async (typeset) => {
        await toRegistry.fail('refused');
        return typeset();
      }),
    after: () => toRegistry.mend(),
  },
  {
    fault: 'the registry falls silent in the middle of the order',
    code: 'DEADLINE_PASSED',
    play: () => {
      const time = timeForIssuer();
      whenOrdered(() => toRegistry.mend());
      typesetWith(async (typeset) => {
        await toRegistry.fail('silent');
        time.end();
        return typeset();
      });
    },
    after: () => toRegistry.mend(),
  },
  {
    fault: 'the feed is stale',
    code: 'REGISTRY_UNAVAILABLE',
    play: () => stage.chain.setBusinessTime('2026-11-27T02:00:00.000Z'),
    after: () => stage.chain.setBusinessTime('2026-11-24T01:00:00.000Z'),
  },
];

const lines: readonly Row[] = [
  { ...away, fault: 'the issuing server is dead', play: () => toIssuer.fail('refused'), after: () => toIssuer.mend() },
  {
    ...away,
    fault: 'the issuing server dies before the order',
    play: () => whenOrdered(() => toIssuer.fail('refused')),
    after: () => toIssuer.mend(),
  },
  {
    ...away,
    fault: 'the issuing server dies in mid-reply',
    play: () => whenOrdered(() => toIssuer.fail('cut')),
    after: () => toIssuer.mend(),
  },
  {
    fault: 'the issuing server is silent until its time is over',
    code: 'DEADLINE_PASSED',
    play: () => {
      const time = timeForIssuer();
      typesetWith(async (typeset) => {
        await toIssuer.fail('silent');
        time.end();
        return typeset();
      });
    },
    after: () => toIssuer.mend(),
  },
];

const sealing: readonly Row[] = [
  {
    fault: 'ciphertext that was touched on the way',
    code: 'BINDING_MISMATCH',
    play: () =>
      sealedWith((sealed) => ({
        ...sealed,
        copies: sealed.copies.map((copy) => ({ ...copy, ciphertext: flipped(copy.ciphertext) })),
      })),
  },
  {
    fault: 'a share that was touched on the way',
    code: 'BINDING_MISMATCH',
    play: () =>
      sealedWith((sealed) => ({
        ...sealed,
        copies: sealed.copies.map((copy) => ({ ...copy, kioskShare: flipped(copy.kioskShare) })),
      })),
  },
  {
    fault: 'the other share, touched on the way',
    code: 'BINDING_MISMATCH',
    play: () => {
      const { center } = stage.kioskPorts;
      const { reportPayment } = center;
      vi.spyOn(center, 'reportPayment').mockImplementation(async (orderId, body) => {
        const released = await reportPayment(orderId, body);
        return { ...released, shares: released.shares.map((s) => ({ ...s, centerShare: flipped(s.centerShare) })) };
      });
    },
  },
  {
    fault: 'the manifest of another order',
    code: 'BINDING_MISMATCH',
    play: async () => {
      let other: string | undefined;
      sealedWith((sealed) => {
        other ??= sealed.manifest;
        return { ...sealed, manifest: other };
      });
      await stage.use('couple', { payment: 'none' });
    },
  },
  {
    fault: 'the whole sealed answer of another order',
    code: 'BINDING_MISMATCH',
    play: async () => {
      let other: SealedOrder | undefined;
      sealedWith((sealed) => {
        other ??= sealed;
        return other;
      });
      await stage.use('couple', { payment: 'none' });
    },
  },
  {
    fault: 'swapped copies',
    code: 'BINDING_MISMATCH',
    wishes: { copies: 2 },
    play: () =>
      sealedWith((sealed) => {
        const [one, two] = sealed.copies;
        return one && two
          ? {
              ...sealed,
              copies: [
                { ...two, copy: 1 },
                { ...one, copy: 2 },
              ],
            }
          : sealed;
      }),
  },
  {
    fault: 'a copy is missing',
    code: 'BINDING_MISMATCH',
    wishes: { copies: 2 },
    play: () => sealedWith((sealed) => ({ ...sealed, copies: sealed.copies.slice(0, 1) })),
  },
];

test.each([...answers, ...typesetting, ...registry, ...lines, ...sealing])('$fault: $code', async (row) => {
  await row.play();
  const before = takeStock(stage);
  const { end, paper } = await stage.use(row.person ?? 'family-head', row.wishes);
  vi.restoreAllMocks();
  await row.after?.();

  expect(end.code).toBe(row.code);
  expect(paper).toEqual([]);
  expect(takeStock(stage)).toEqual(before);
  const stopped = row.everyKind ? certificateKinds : ([KIND] as const);
  const kinds = row.suspended ? stopped : [];
  expect(await suspensions(stage)).toEqual(kinds.map((kind) => `${row.suspended} ${kind}`));
  expect(await suspensions(stage, MUTEKI)).toEqual([]);
  if (row.suspended) {
    const nothingLeft = row.everyKind ? 'MUNICIPALITY_SUSPENDED' : 'KIND_NOT_OFFERED';
    expect((await stage.use('single')).end.code).toBe(nothingLeft);
    await releaseByStaff(stage);
  }
  expect((await stage.use('single')).end.code).toBe('OK');
  expect(await disagreements(stage)).toEqual([]);
});

test('a record that changed meanwhile is ordered anew, and the new order names the dead one', async () => {
  let changed = false;
  typesetWith((typeset) => {
    if (!changed) moveHouse();
    changed = true;
    return typeset();
  });
  const { end } = await stage.use('family-head');
  expect(end).toMatchObject({ code: 'OK', settlement: { chargedYen: 200 } });
  const intended = stage.kiosk
    .journal()
    .filter(({ event }) => event === 'order-intended')
    .slice(-2);
  expect(intended[1]).toMatchObject({ orderId: end.orderId, replaces: intended[0]?.orderId });
  expect(await disagreements(stage)).toEqual([]);
});

test('lateness opens the breaker of this kind and suspends nothing; it closes by itself', async () => {
  const time = timeForIssuer();
  typesetWith((typeset) => {
    stage.pass(LATE_MS);
    time.end();
    return typeset();
  });
  const before = takeStock(stage);
  expect((await stage.use('family-head')).end.code).toBe('DEADLINE_PASSED');
  vi.restoreAllMocks();
  expect(takeStock(stage)).toEqual(before);
  expect(await suspensions(stage)).toEqual([]);

  const asked = vi.spyOn(stage.issuer.forms, 'typeset');
  expect((await stage.use('single')).end.code).toBe('MUNICIPALITY_UNAVAILABLE');
  expect(asked).not.toHaveBeenCalled();
  expect((await stage.use('single', { kind: 'koseki-address-history' })).end.code).toBe('OK');
  expect((await stage.kiosk.use(stage.card('single', MUTEKI).file)).end.code).toBe('OK');

  stage.pass(BREAKER.pauseMs);
  expect((await stage.use('single')).end.code).toBe('OK');
  stage.pass(BREAKER.pauseMs);
  expect(await disagreements(stage)).toEqual([]);
});

test('a breaker that opened while the machine clock stood wrong closes after its pause all the same', async () => {
  const time = timeForIssuer();
  typesetWith((typeset) => {
    stage.setClock(90_000);
    stage.pass(LATE_MS);
    time.end();
    return typeset();
  });
  expect((await stage.use('family-head')).end.code).toBe('DEADLINE_PASSED');
  vi.restoreAllMocks();
  stage.setClock(0);
  expect((await stage.use('single')).end.code).toBe('MUNICIPALITY_UNAVAILABLE');
  stage.pass(BREAKER.pauseMs);
  expect((await stage.use('single')).end.code).toBe('OK');
  stage.pass(2 * BREAKER.pauseMs);
  expect(await disagreements(stage)).toEqual([]);
});

test('a build that nobody approved is not asked, and is as soon as it is approved', async () => {
  const [center] = stage.chain.centers;
  await center?.reload(overTheLine(stage.chain, { approvedBuilds: ['b'.repeat(64)] }));
  expect((await stage.use('single')).end.code).toBe('BUILD_NOT_APPROVED');
  await center?.reload(overTheLine(stage.chain));
  expect((await stage.use('single')).end.code).toBe('OK');
  expect(await suspensions(stage)).toEqual([]);
});

const flipped = (base64: string) => {
  const bytes = Buffer.from(base64, 'base64');
  bytes.writeUInt8((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1);
  return bytes.toString('base64');
};

let moves = 0;
function moveHouse(): void {
  moves += 1;
  const residentId = stage.residentId('family-head');
  const change = {
    type: 'previous-address-corrected',
    residentId,
    previousAddress: `架空県夕凪市旧町${moves}番地`,
  } as const;
  stage.chain.registry.apply(YUNAGI, [change]);
}

/** Between the offers and the order. */
function whenOrdered(act: () => Promise<void>): void {
  const { center } = stage.kioskPorts;
  const { placeOrder } = center;
  vi.spyOn(center, 'placeOrder').mockImplementation(async (body) => {
    await act();
    return placeOrder(body);
  });
}
