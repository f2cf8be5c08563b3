import { createHash } from 'node:crypto';
import { type Treatment, TreatmentRefusal, type TreatmentRefusalCode } from '@machikado/antiforgery';
import { PdfRefusal } from '@machikado/inspection';
import { generateSigningKey, readSealManifest } from '@machikado/pki';
import { certificateKinds, orderReferenceOf, type PlaceOrder, ProtocolError } from '@machikado/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { runJobs } from '../jobs/run-jobs.ts';
import type { Center } from '../ports.ts';
import { fakePdf, fakeReader, pageDigest as pageDigestOf } from '../testing/fake-documents.ts';
import { canary, type Draft, type DraftCopy } from '../testing/fake-issuer.ts';
import { type FakeTreated, fakeTreatment } from '../testing/fake-treatment.ts';
import {
  cardholders,
  codeOf,
  createTestCenter,
  eventsOf,
  kioskA,
  kioskB,
  login,
  manualDeadline,
  noon,
  offersFor,
  opened,
  orderFor,
  type Proven,
  pay,
  place,
  placed,
  randomId,
  sealVerifiers,
  selection,
  stateOf,
  type TestCenter,
  yunagi,
} from '../testing/test-center.ts';
import { cancelOrder } from './cancel-order.ts';
import { releaseSuspension } from './release-suspension.ts';
import { showStatus } from './show-status.ts';

let t: TestCenter;
let proven: Proven;
beforeAll(async () => {
  t = await createTestCenter();
  proven = await login(t.center);
});
afterAll(() => t.close());
afterEach(async () => {
  t.issuer.tamper = () => undefined;
  t.issuer.onOrder = () => undefined;
  await release();
});

type Step = 'takeIn' | 'codeFront' | 'compose';
const refusing = (step: Step, code: TreatmentRefusalCode): Treatment => ({
  ...fakeTreatment(),
  [step]: () => Promise.reject(new TreatmentRefusal(code)),
});
const slowly = (step: 'takeIn' | 'compose', late: () => void): Treatment => {
  const treatment = fakeTreatment();
  return { ...treatment, [step]: (...asked: [never, never]) => treatment[step](...asked).finally(late) };
};

/** Whatever is suspended: whether anything was. */
async function release(): Promise<boolean> {
  const by = { staff: '運用 一郎', reason: 'looked into' };
  const active = await t.center.store.suspensions.active();
  for (const { lgCode, kind } of active)
    await releaseSuspension(t.center.store, { lgCode, kind, ...by }, t.clocks.machine);
  return active.length > 0;
}

function sharesOf(orderId: string) {
  return t.database.db.query<{ share: Buffer | null; state: string; issueNumber: string }>(
    'SELECT center_share AS share, state, issue_number AS "issueNumber" FROM order_copies WHERE order_id = $1 ORDER BY copy',
    [orderId],
  );
}

test('an order comes back sealed, and opens only with both halves', async () => {
  t.issuer.pagesPerCopy = 2;
  const request = orderFor(proven, { selection: { ...selection, copies: 2, feeYen: 600 } });
  const sealed = await place(t.center, request);
  t.issuer.pagesPerCopy = 1;
  expect(await stateOf(t.center, request.orderId)).toBe('sealed');
  const manifest = await readSealManifest(sealed.manifest, sealVerifiers);
  expect(manifest).toMatchObject({
    centerId: 'center-1',
    kioskId: kioskA.kioskId,
    sessionId: request.sessionId,
    orderId: request.orderId,
    orderReference: orderReferenceOf(request.orderId),
    lgCode: yunagi,
    feeYen: 600,
    test: false,
    expiresAt: new Date(t.clocks.machine.getTime() + 600_000).toISOString(),
  });
  expect(manifest.sheets.map(({ copy, sheet, of }) => [copy, sheet, of])).toEqual([
    [1, 1, 2],
    [1, 2, 2],
    [2, 1, 2],
    [2, 2, 2],
  ]);
  expect(manifest.copies[0]?.issueNumber).not.toBe(manifest.copies[1]?.issueNumber);
  const shares = await pay(t.center, sealed);
  opened(sealed, shares).forEach((pdf, i) => {
    const { copy, issueNumber, pdfDigest } = manifest.copies[i] as (typeof manifest.copies)[number];
    expect(copy).toBe(i + 1);
    expect(pdfDigest).toBe(sha256(Buffer.from(pdf)));
    const { pages, style } = JSON.parse(pdf) as FakeTreated;
    expect(style).toEqual({ copyWarning: 'middle-gain', inquiryUrl: 'https://inquiry.machikado.test/' });
    const facts = { lgCode: yunagi, issueNumber, orderReference: manifest.orderReference, of: 2 };
    expect(pages).toEqual(
      [1, 2].flatMap((sheet) => [
        expect.objectContaining({ names: [canary.name] }),
        { back: expect.objectContaining({ facts: expect.objectContaining({ ...facts, sheet }) }) },
      ]),
    );
  });
  expect((await eventsOf(t, request.orderId)).toSorted()).toEqual(
    [
      'order-requested',
      'order-sealed',
      'copy-sealed',
      'copy-sealed',
      'order-paid',
      'copy-released',
      'copy-released',
    ].toSorted(),
  );
});

test('the order carries the test flag of kiosk or municipality', async () => {
  const sealed = await place(t.center, orderFor(proven), { ...kioskA, test: true });
  expect((await t.center.store.orders.find(sealed.orderId))?.test).toBe(true);
  expect(t.issuer.orders.at(-1)?.test).toBe(true);
});

describe('an answer about something else suspends the kind and ends the order:', () => {
  const first = (draft: Draft): DraftCopy => draft.copies[0] as DraftCopy;
  const rewrite = (change: (copy: DraftCopy) => Partial<DraftCopy['binding']>) => (draft: Draft) => {
    first(draft).binding = { ...first(draft).binding, ...change(first(draft)) };
  };
  const otherPage = (change: object) => (draft: Draft) => {
    const copy = first(draft);
    const { pages } = JSON.parse(Buffer.from(copy.pdf).toString());
    copy.pdf = fakePdf([{ ...pages[0], ...change }]);
  };
  const consistent = (tamper: (draft: Draft) => void) => (draft: Draft) => {
    tamper(draft);
    const copy = first(draft);
    const digests = JSON.parse(Buffer.from(copy.pdf).toString()).pages.map(pageDigestOf);
    copy.binding = {
      ...copy.binding,
      pdfDigest: sha256(copy.pdf),
      pages: copy.binding.pages.map((page, i) => ({ ...page, digest: digests[i] ?? page.digest })),
    };
  };
  const faults: Record<string, [(draft: Draft) => void, string]> = {
    'another order': [
      (draft) => {
        draft.orderId = randomId();
      },
      'order-id',
    ],
    'another municipality': [
      (draft) => {
        draft.lgCode = '990027';
      },
      'municipality',
    ],
    'a copy too few': [
      (draft) => {
        draft.copies.pop();
      },
      'copy-set',
    ],
    'a copy too many': [
      (draft) => {
        draft.copies.push({ ...first(draft), copy: 3 });
      },
      'copy-set',
    ],
    'one copy twice': [
      (draft) => {
        draft.copies[1] = first(draft);
      },
      'copy-set',
    ],
    'one issue number twice': [
      (draft) => {
        const [one, two] = draft.copies as [DraftCopy, DraftCopy];
        two.binding = { ...two.binding, issueNumber: one.binding.issueNumber };
      },
      'issue-number',
    ],
    'a record of another order': [rewrite(() => ({ orderId: randomId() })), 'order-id'],
    'a record with another order reference': [rewrite(() => ({ orderReference: '00'.repeat(8) })), 'order-reference'],
    'a record of another municipality': [rewrite(() => ({ lgCode: '990027' })), 'municipality'],
    'a record of another copy': [rewrite(() => ({ copy: 2 })), 'copy'],
    'a record of another person': [rewrite(() => ({ subjectRef: 'ab'.repeat(32) })), 'subject'],
    'a record of another selection': [rewrite(() => ({ selectionDigest: 'ab'.repeat(32) })), 'selection'],
    'another fee': [rewrite(() => ({ feeYen: 250 })), 'fee'],
    'another build': [rewrite(() => ({ build: 'ff'.repeat(32) })), 'build'],
    'other bytes than recorded': [rewrite(() => ({ pdfDigest: 'ab'.repeat(32) })), 'pdf'],
    'pages out of order': [
      rewrite(({ binding }) => ({ pages: binding.pages.map((p) => ({ ...p, page: 2 })) })),
      'pages',
    ],
    'swapped documents': [
      (draft) => {
        const [one, two] = draft.copies as [DraftCopy, DraftCopy];
        [one.binding, two.binding] = [two.binding, one.binding];
      },
      'copy',
    ],
    'a record signed by somebody else': [
      (draft) => {
        first(draft).signer = generateSigningKey();
      },
      'binding-record',
    ],
    'a document that is none': [
      (draft) => {
        first(draft).pdf = Buffer.from('%PDF-broken');
        first(draft).binding = { ...first(draft).binding, pdfDigest: sha256(first(draft).pdf) };
      },
      'pdf:not-a-pdf',
    ],
    'a dropped page': [
      (draft) => {
        first(draft).pdf = fakePdf([]);
        first(draft).binding = { ...first(draft).binding, pdfDigest: sha256(first(draft).pdf) };
      },
      'inspection:page-count',
    ],
    'a page with another picture': [
      (draft) => {
        otherPage({ address: 'elsewhere' })(draft);
        first(draft).binding = { ...first(draft).binding, pdfDigest: sha256(first(draft).pdf) };
      },
      'inspection:page-digest',
    ],
    'a page of another order, consistently recorded': [
      consistent(otherPage({ margin: `${'00'.repeat(8)} 1 / 1` })),
      'inspection:order-reference',
    ],
    'a page of another number, consistently recorded': [
      (draft) => consistent(otherPage({ margin: `${first(draft).binding.orderReference} 2 / 2` }))(draft),
      'inspection:page-number',
    ],
    'another name, consistently recorded': [consistent(otherPage({ names: ['霧笛灯台'] })), 'inspection:name-differs'],
  };

  test.each(Object.entries(faults))('%s', async (_name, [tamper, fault]) => {
    t.issuer.tamper = tamper;
    const request = orderFor(proven, { selection: { ...selection, copies: 2, feeYen: 600 } });
    expect(await codeOf(place(t.center, request))).toBe('BINDING_MISMATCH');
    expect(await stateOf(t.center, request.orderId)).toBe('failed');
    const [suspension] = await t.database.db.query<{ reason: string; order: string }>(
      'SELECT reason, order_id AS order FROM suspensions WHERE released_at IS NULL',
    );
    expect(suspension?.order).toBe(request.orderId);
    expect(suspension?.reason.split(' ')).toContain(fault);
    expect(await eventsOf(t, request.orderId)).toEqual(
      expect.arrayContaining(['order-requested', 'binding-mismatched', 'issuing-suspended', 'order-failed']),
    );
    t.issuer.tamper = () => undefined;
    // A retry that would work closes nothing.
    expect(await codeOf(place(t.another(), orderFor(proven)))).toBe('MUNICIPALITY_SUSPENDED');
    const { offers } = await offersFor(t.center, proven);
    expect(offers.map(({ kind }) => kind)).toEqual(certificateKinds.filter((kind) => kind !== selection.kind));
  });

  test('an issue number that was ever seen, whatever became of its order', async () => {
    const sealed = await place(t.center, orderFor(proven));
    const [seen] = await sharesOf(sealed.orderId);
    await cancelOrder(t.center, kioskA, sealed.orderId, { reason: 'resident', depositPayableYen: 0 });
    t.issuer.tamper = rewrite(() => ({ issueNumber: seen?.issueNumber ?? '' }));
    const request = orderFor(proven);
    expect(await codeOf(place(t.center, request))).toBe('BINDING_MISMATCH');
    expect(await stateOf(t.center, request.orderId)).toBe('failed');
    expect(await sharesOf(request.orderId)).toEqual([]);
    expect(await t.center.store.suspensions.active(yunagi)).toHaveLength(1);
  });

  test('offers for another session', async () => {
    t.issuer.onOffers = (offers) => ({ ...offers, sessionId: randomId() });
    expect(await codeOf(offersFor(t.center, proven))).toBe('MUNICIPALITY_SUSPENDED');
    t.issuer.onOffers = (offers) => offers;
    expect(await t.center.store.suspensions.active(yunagi)).toHaveLength(certificateKinds.length);
  });
});

describe('the treatment', () => {
  test('gets the clean copy of what was received, and so does the second look', async () => {
    const seen: string[] = [];
    const note = (name: string, pdf: Uint8Array) => {
      seen.push(`${name} ${JSON.parse(Buffer.from(pdf).toString()).clean}`);
    };
    const [reader, treatment] = [fakeReader(), fakeTreatment()];
    const watched = t.another({
      reader: {
        ...reader,
        read(pdf) {
          note('read', pdf);
          return reader.read(pdf);
        },
      },
      treatment: {
        ...treatment,
        compose(copy, how) {
          note('composed', copy.clean);
          return treatment.compose(copy, how);
        },
      },
    });
    await place(watched, orderFor(proven));
    expect(seen).toEqual(['read true', 'composed true']);
  });

  test('goes by the kiosk, whose engine is like no other', async () => {
    const atB = await login(t.center, undefined, kioskB);
    const sealed = await place(t.center, orderFor(atB), kioskB);
    const [pdf = ''] = opened(sealed, await pay(t.center, sealed, 300, kioskB));
    expect((JSON.parse(pdf) as FakeTreated).style.copyWarning).toBe('high-gain');
  });

  test.each(['ENCRYPTED', 'ACTIVE_CONTENT', 'TOO_COMPLEX', 'BROKEN'] as const)(
    'that does not take a document in (%s) suspends its kind',
    async (code) => {
      const request = orderFor(proven);
      expect(await codeOf(place(t.another({ treatment: refusing('takeIn', code) }), request))).toBe('BINDING_MISMATCH');
      const [suspension] = await t.database.db.query<{ reason: string }>(
        'SELECT reason FROM suspensions WHERE released_at IS NULL',
      );
      expect(suspension?.reason).toBe(`pdf:${code.toLowerCase().replaceAll('_', '-')}`);
    },
  );

  test.each([
    ['codeFront', 'TOO_DENSE'],
    ['compose', 'UNSUPPORTED'],
  ] as const)(
    'that refuses a sound document (%s: %s) ends the order, tells staff and suspends nothing',
    async (step, code) => {
      const request = orderFor(proven);
      expect(await codeOf(place(t.another({ treatment: refusing(step, code) }), request))).toBe('TREATMENT_REFUSED');
      expect(await stateOf(t.center, request.orderId)).toBe('failed');
      expect(await t.center.store.suspensions.active()).toEqual([]);
      expect(t.logLines.some((line) => line.includes('treatment-refused') && line.includes(code))).toBe(true);
    },
  );

  test('that refuses one copy hides no difference in another', async () => {
    const treatment = fakeTreatment();
    const answers = [treatment.takeIn, () => Promise.reject(new TreatmentRefusal('BROKEN'))];
    const dense = t.another({
      treatment: {
        ...refusing('codeFront', 'TOO_DENSE'),
        takeIn: (pdf, how) => (answers.shift() ?? treatment.takeIn)(pdf, how),
      },
    });
    const order = orderFor(proven, { selection: { ...selection, copies: 2, feeYen: 600 } });
    expect(await codeOf(place(dense, order))).toBe('BINDING_MISMATCH');
  });
});

test('staff release a suspension under their name; a second release releases nothing', async () => {
  t.issuer.tamper = (draft) => {
    draft.orderId = randomId();
  };
  await codeOf(place(t.center, orderFor(proven)));
  t.issuer.tamper = () => undefined;
  expect(await release()).toBe(true);
  expect(await release()).toBe(false);
  expect(await codeOf(place(t.center, orderFor(proven)))).toBe('ok');
  const [event] = await t.database.db.query<{ staff: string; reason: string }>(
    "SELECT staff, reason FROM audit_events WHERE event = 'suspension-released' ORDER BY at DESC LIMIT 1",
  );
  expect(event).toEqual({ staff: '運用 一郎', reason: 'looked into' });
});

describe('nothing that a kiosk sends can suspend a town:', () => {
  const bad: Record<string, Partial<PlaceOrder>> = {
    'persons that do not exist': { selection: { ...selection, personRefs: ['00'.repeat(16)] } },
    'a fee of its own': { selection: { ...selection, feeYen: 1 } },
    'an order that replaces itself': { orderId: '12'.repeat(16), replaces: '12'.repeat(16) },
    'an unknown order to replace': { replaces: randomId() },
  };
  test.each(Object.entries(bad))('%s', async (_name, change) => {
    await codeOf(place(t.center, orderFor(proven, change)));
    expect(await t.center.store.suspensions.active()).toEqual([]);
  });

  test('a deadline too short for any answer', async () => {
    for (let i = 0; i < 5; i += 1) {
      const hurry = manualDeadline();
      t.issuer.onOrder = async () => {
        hurry.pass();
        hurry.deadline.refuseIfPassed();
      };
      const request = orderFor(proven);
      expect(await codeOf(place(t.center, request, kioskA, hurry.deadline))).toBe('DEADLINE_PASSED');
      expect(await stateOf(t.center, request.orderId)).toBe('failed');
    }
    t.issuer.onOrder = () => undefined;
    expect(await t.center.store.suspensions.active()).toEqual([]);
    // Nor does its own impatience open the breaker.
    expect(await codeOf(place(t.center, orderFor(proven)))).toBe('ok');
  });
});

describe('a dead order stays dead:', () => {
  test('what comes after the deadline is discarded', async () => {
    const late = manualDeadline();
    const request = orderFor(proven);
    t.issuer.onOrder = () => late.pass();
    expect(await codeOf(place(t.center, request, kioskA, late.deadline))).toBe('DEADLINE_PASSED');
    expect(await stateOf(t.center, request.orderId)).toBe('failed');
    expect((await sharesOf(request.orderId)).every(({ share }) => share === null)).toBe(true);
    expect(await t.center.store.suspensions.active()).toEqual([]);
  });

  test.each<[string, (late: () => void) => Partial<Center>, (string | null)[][]]>([
    ['is taken in', (late) => ({ treatment: slowly('takeIn', late) }), []],
    ['is read', (late) => ({ reader: { ...fakeReader(), read: (pdf) => fakeReader().read(pdf).finally(late) } }), []],
    ['is treated', (late) => ({ treatment: slowly('compose', late) }), [['void', null]]],
  ])(
    'when time runs out while its document %s, the issuing server hears that the order is dead',
    async (_, how, copies) => {
      const late = manualDeadline();
      const request = orderFor(proven);
      expect(await codeOf(place(t.another(how(late.pass)), request, kioskA, late.deadline))).toBe('DEADLINE_PASSED');
      expect(await stateOf(t.center, request.orderId)).toBe('failed');
      expect((await sharesOf(request.orderId)).map(({ state, share }) => [state, share])).toEqual(copies);
      await runJobs(t.center);
      // Beside letters of the orders before, in any order.
      const told = t.issuer.outcomes.filter(({ orderId }) => orderId === request.orderId);
      expect(told).toMatchObject([{ copies: [] }]);
    },
  );

  test.each<[string, Partial<Center>]>([
    ['a reader', { reader: { ...fakeReader(), read: () => Promise.reject(new PdfRefusal('crashed')) } }],
    ...(['takeIn', 'codeFront', 'compose'] as const).map((step): [string, Partial<Center>] => [
      `a treatment (${step})`,
      { treatment: refusing(step, 'CRASHED') },
    ]),
  ])('%s that breaks ends the order and suspends nothing', async (_, broken) => {
    const request = orderFor(proven);
    await expect(place(t.another(broken), request)).rejects.not.toBeInstanceOf(ProtocolError);
    expect(await stateOf(t.center, request.orderId)).toBe('failed');
    expect(await t.center.store.suspensions.active()).toEqual([]);
  });

  test('what comes after the order was given up is discarded, and the issuing server hears that the order is dead', async () => {
    const request = orderFor(proven);
    t.issuer.onOrder = async () =>
      void (await cancelOrder(t.center, kioskA, request.orderId, { reason: 'resident', depositPayableYen: 0 }));
    expect(await codeOf(place(t.center, request))).toBe('ORDER_DEAD');
    expect(await stateOf(t.center, request.orderId)).toBe('failed');
    const copies = await sharesOf(request.orderId);
    expect(copies.map(({ state, share }) => [state, share])).toEqual([['void', null]]);
    await runJobs(t.center);
    expect(t.issuer.outcomes).toContainEqual({ orderId: request.orderId, lgCode: yunagi, copies: [] });
    expect(await eventsOf(t, request.orderId)).toContain('answer-discarded');
  });

  test('a repeat gives up the first, and is refused itself', async () => {
    const request = orderFor(proven);
    const sealed = await place(t.center, request);
    const issued = t.issuer.orders.length;
    expect(await codeOf(place(t.another(), request))).toBe('ORDER_DEAD');
    expect(t.issuer.orders).toHaveLength(issued);
    expect(await stateOf(t.center, request.orderId)).toBe('cancelled');
    expect(await codeOf(pay(t.center, sealed))).toBe('ORDER_DEAD');
  });

  test('of the same order sent many times at once, at most one is ever issued', async () => {
    const request = orderFor(proven);
    const issued = t.issuer.orders.length;
    const centers = [t.center, t.another(), t.another(), t.another()];
    const codes = await Promise.all(centers.map((center) => codeOf(place(center, request))));
    expect(t.issuer.orders).toHaveLength(issued + 1);
    expect(codes.filter((code) => code === 'ok').length).toBeLessThanOrEqual(1);
    for (const code of codes) expect(['ok', 'ORDER_DEAD']).toContain(code);
    expect(await stateOf(t.center, request.orderId)).toMatch(/^(failed|cancelled)$/);
  });

  test('an order that is sealed in the very moment of its repeat is given up all the same', async () => {
    const request = orderFor(proven);
    const { store } = t.center;
    let sealing: Promise<unknown> | undefined;
    // The repeat has read that the order is still requested; before it can move it, the order is sealed.
    const repeating = t.another({
      store: {
        ...store,
        transaction: async (work) => {
          gate.open();
          await sealing;
          return store.transaction(work);
        },
      },
    });
    const gate = { open: () => {} };
    const held = new Promise<void>((resolve) => {
      gate.open = resolve;
    });
    const asked = new Promise<void>((resolve) => {
      t.issuer.onOrder = () => {
        resolve();
        return held;
      };
    });
    sealing = codeOf(place(t.center, request));
    await asked;
    expect(await codeOf(place(repeating, request))).toBe('ORDER_DEAD');
    expect(await sealing).toBe('ok');
    expect(await stateOf(t.center, request.orderId)).toBe('cancelled');
  });

  test('the same id with another order, or from another kiosk, is a conflict and changes nothing', async () => {
    const request = orderFor(proven);
    await place(t.center, request);
    const other = { ...request, selection: { ...selection, copies: 2, feeYen: 600 } };
    expect(await codeOf(place(t.center, other))).toBe('IDEMPOTENCY_CONFLICT');
    const provenB = await login(t.center, undefined, kioskB);
    const stolen = { ...orderFor(provenB), orderId: request.orderId };
    expect(await codeOf(place(t.center, stolen, kioskB))).toBe('IDEMPOTENCY_CONFLICT');
    expect(await stateOf(t.center, request.orderId)).toBe('sealed');
  });

  test('an order that takes the place of another leaves only one alive', async () => {
    const lost = await place(t.center, orderFor(proven));
    const next = await place(t.center, orderFor(proven, { replaces: lost.orderId }));
    expect(await stateOf(t.center, lost.orderId)).toBe('cancelled');
    expect(await stateOf(t.center, next.orderId)).toBe('sealed');
    const notMine = await place(
      t.center,
      { ...orderFor(await login(t.center, undefined, kioskB)), replaces: next.orderId },
      kioskB,
    );
    expect(await stateOf(t.center, next.orderId)).toBe('sealed');
    expect(await stateOf(t.center, notMine.orderId)).toBe('sealed');
  });
});

test('a suspension also stops what is under way: the answer is not sealed and its issue numbers are void', async () => {
  const request = orderFor(proven);
  t.issuer.onOrder = async () => {
    await t.center.store.suspensions.suspend({ lgCode: yunagi, kind: 'resident-record' }, null, 'test', noon);
  };
  expect(await codeOf(place(t.center, request))).toBe('MUNICIPALITY_SUSPENDED');
  t.issuer.onOrder = () => undefined;
  expect(await stateOf(t.center, request.orderId)).toBe('failed');
  const order = await t.center.store.orders.find(request.orderId);
  expect(order && (await t.center.store.copies.of(order))).toMatchObject([{ state: 'void', centerShare: null }]);
  expect(await eventsOf(t, request.orderId)).toContain('answer-discarded');
  await release();
});

describe('where nothing may begin, nothing is relayed:', () => {
  test('outside the hours of the center; what began before may finish', async () => {
    const sealed = await placed(t.center);
    const issued = t.issuer.orders.length;
    t.clocks.business = new Date('2026-06-03T14:00:00Z');
    try {
      expect(await codeOf(place(t.center, orderFor(proven)))).toBe('SERVICE_CLOSED');
      expect(await codeOf(offersFor(t.center, proven))).toBe('SERVICE_CLOSED');
      expect(await codeOf(pay(t.center, sealed))).toBe('ok');
    } finally {
      t.clocks.business = noon;
    }
    expect(t.issuer.orders).toHaveLength(issued);
  });

  test('a build that did not pass the pre-evaluation', async () => {
    t.issuer.onStatus = (status) => [{ ...status, build: 'ff'.repeat(32) }];
    const center = t.another();
    expect(await codeOf(place(center, orderFor(proven)))).toBe('BUILD_NOT_APPROVED');
    expect(await codeOf(offersFor(center, proven))).toBe('BUILD_NOT_APPROVED');
    t.issuer.onStatus = (status) => [status];
  });

  test('another build since the server was last asked ends the order and suspends nothing', async () => {
    const { build } = t.issuer;
    await t.watch.refresh(t.center.settings().municipalities.values());
    t.issuer.build = 'ff'.repeat(32);
    try {
      const request = orderFor(proven);
      expect(await codeOf(place(t.center, request))).toBe('BUILD_NOT_APPROVED');
      expect(await stateOf(t.center, request.orderId)).toBe('failed');
      expect(await t.center.store.suspensions.active(yunagi)).toEqual([]);
    } finally {
      t.issuer.build = build;
    }
    expect(await codeOf(place(t.center, orderFor(proven)))).toBe('ok');
  });

  test('a card that ran out since the login', async () => {
    const holder = await cardholders.makeCardholder('77aa0009');
    expect(holder.certKey.serial).toBe('77aa0009');
    const years = 5 * 365 * 86_400_000;
    const late = t.another({ machineClock: { now: () => new Date(noon.getTime() + years) } });
    await t.database.ownerDb.run("UPDATE sessions SET expires_at = '2040-01-01' WHERE session_id = $1", [
      proven.challenge.sessionId,
    ]);
    expect(await codeOf(place(late, orderFor(proven)))).toBe('PROOF_REFUSED');
  });
});

test('an honest status: open, suspended, closed, unavailable', async () => {
  const kind = 'resident-record';
  const kinds = async (center = t.center) =>
    (await showStatus(center)).municipalities.find(({ lgCode }) => lgCode === yunagi)?.kinds ?? [];
  const record = async (center = t.center) => (await kinds(center)).find((status) => status.kind === kind);
  const others = async () => (await kinds()).filter((status) => status.kind !== kind && status.open).length;
  expect(await record(t.another())).toEqual({ kind, open: false, reason: 'unavailable' });
  await t.watch.refresh(t.center.settings().municipalities.values());
  expect(await kinds()).toEqual(certificateKinds.map((each) => ({ kind: each, open: true })));
  await t.center.store.suspensions.suspend({ lgCode: yunagi, kind }, null, 'test', noon);
  expect(await record()).toEqual({ kind, open: false, reason: 'suspended' });
  expect(await others()).toBe(certificateKinds.length - 1);
  await release();
  t.clocks.business = new Date('2026-12-31T03:00:00Z');
  expect(await record()).toEqual({ kind, open: false, reason: 'closed' });
  expect(await others()).toBe(0);
  expect(await showStatus(t.center)).toMatchObject({ open: false, opensAt: '2027-01-03T21:30:00.000Z' });
  t.clocks.business = noon;
  expect(await showStatus(t.center)).not.toHaveProperty('opensAt');
});

test('an honest until when: as the issuing server said it, and no longer than it is true', async () => {
  const closed = { kind: 'resident-record', open: false, reason: 'closed' } as const;
  const said = { ...closed, opensAt: '2026-12-31T23:30:00.000Z' };
  const center: typeof t.center = {
    ...t.center,
    standings: { ...t.center.standings, lastHeard: () => ({ kind: 'serving', kinds: [said] }) },
  };
  const kindsAt = async (at: string) => {
    t.clocks.business = new Date(at);
    return (await showStatus(center)).municipalities.find(({ lgCode }) => lgCode === yunagi)?.kinds;
  };
  try {
    // Kinds that the issuing server does not have on its menu are not spoken of.
    expect(await kindsAt('2026-12-28T10:00:00Z')).toEqual([said]);
    expect(await kindsAt('2026-12-31T03:00:00Z')).toEqual([said]);
    expect(await kindsAt('2026-12-31T23:30:00Z')).toEqual([closed]);
  } finally {
    t.clocks.business = noon;
  }
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
