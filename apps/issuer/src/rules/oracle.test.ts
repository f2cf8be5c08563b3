import { parseCalendarDate } from '@machikado/domain';
import { type CertificateKind, certificateKinds, type ErrorCode, type IssuerOrder } from '@machikado/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kindFacts } from '../kinds/kind-facts.ts';
import { peopleOf } from '../kinds/people-of.ts';
import type { Ports } from '../ports.ts';
import { fakeForms } from '../testing/fake-forms.ts';
import { municipalityOf, YUNAGI } from '../testing/issuer-bench.ts';
import type { Holder } from '../use-cases/check-holder.ts';
import { judge } from '../use-cases/judge.ts';
import { personRef } from '../use-cases/person-refs.ts';
import { refusalRules } from './refusal-rules.ts';
import { oracleSays } from './testing/oracle.ts';
import {
  APPLICANT,
  everywhere,
  line,
  ordinaryWorld,
  recordOf,
  registerLine,
  restrict,
  set,
  type Turn,
  tax,
  type World,
} from './testing/worlds.ts';

const town = municipalityOf(YUNAGI);
const { nameLettersMax } = town.settings.limits;
const sessionId = 'ab'.repeat(16);
/** Of each refusal the reasons that went into the 交付記録. */
let recorded: string[] = [];
let restricted: { readonly residentId: string }[] = [];
const tx = {
  query: async (text: string, [, ids]: readonly string[][]) =>
    text.includes('from restriction') ? restricted.filter(({ residentId }) => ids?.includes(residentId)) : [],
  ...{ lgCode: YUNAGI, maybe: async () => undefined },
  run: async (_: string, [, , , , body]: readonly string[]) => {
    recorded = (JSON.parse(body ?? '') as { reasons: string[] }).reasons;
  },
};
const ports = {
  forms: fakeForms(),
  store: { inMunicipality: (_: string, work: (t: typeof tx) => Promise<unknown>) => work(tx) },
  machineClock: { now: () => new Date(0) },
} as unknown as Ports;

// What can happen to the books of a town, in any order.
const person = fc.integer({ min: 0, max: 2 });
const protection = fc.constantFrom('none', 'none', 'provisional', 'active', 'joint');
const near = (year: number) =>
  fc.record({
    year: fc.constantFrom(year - 1, year, year, year + 1),
    month: fc.constantFrom(2, 3, 11, 11),
    day: fc.constantFrom(1, 19, 20, 21, 28),
  });
const birth = fc.oneof(
  near(2011),
  fc.constant({ year: 2012, month: 2, day: 29 }),
  near(2011).map((date) => ({ ...date, day: null })),
  near(2011).map(({ year }) => ({ year, month: null, day: null })),
);
const name = fc.constantFrom('夕凪 花子', '〓 太郎', '長'.repeat(nameLettersMax), '長'.repeat(nameLettersMax + 1));
const yen = fc.constantFrom(0, 1, 30_000);
const payments = fc.array(fc.record({ term: fc.constant('期'), dueYen: yen, paidYen: yen, dueOn: near(2026) }), {
  maxLength: 3,
});
const events: Record<string, fc.Arbitrary<Turn>> = {
  householdProtection: fc.tuple(person, protection).map(([i, p]) => line(i, { protection: p })),
  registerProtection: fc.tuple(person, protection).map(([i, p]) => registerLine(i, { protection: p })),
  restricted: person.map(restrict),
  householdStatus: fc
    .tuple(person, fc.constantFrom('resident', 'resident', 'leaving', 'left', 'deceased', 'removed'))
    .map(([i, status]) => line(i, { status })),
  registerStatus: fc
    .tuple(person, fc.constantFrom('recorded', 'removed'))
    .map(([i, status]) => registerLine(i, { status })),
  process: fc.tuple(person, fc.boolean()).map(([i, inProcess]) => line(i, { inProcess })),
  born: fc.tuple(person, birth).map(([i, b]) => everywhere(i, { birth: b })),
  bornInOneBook: fc.tuple(person, birth).map(([i, b]) => registerLine(i, { birth: b })),
  renamed: fc.tuple(person, name).map(([i, n]) => everywhere(i, { name: n })),
  movedIn: fc.constant((world) => withNewcomer(world)),
  soleDomicile: fc.constant(set({ members: [] })),
  domicileElsewhere: fc.constant(set({ koseki: null, history: null })),
  register: fc.constantFrom('current', 'in-process', 'closed').map((state) => (world: World) => ({
    ...world,
    koseki: world.koseki && { ...world.koseki, state },
    history: world.history && { ...world.history, state },
  })),
  seal: fc
    .constantFrom('active', 'suspended', 'cancelled', null)
    .map((state) => (world: World) => ({ ...world, seal: state && world.seal && { ...world.seal, state } })),
  ledgerState: fc
    .constantFrom('fixed', 'undeclared', 'in-process', 'no-taxing-right', 'stopped')
    .map((state) => tax({ state })),
  assessed: fc.constantFrom(0, 1, 120_000).map((totalAssessedYen) => tax({ totalAssessedYen })),
  payments: fc
    .tuple(payments, fc.option(near(2026)))
    .map(([p, until]) => tax({ payments: p, paymentsPostedUntil: until })),
  otherYear: fc.constantFrom(2025, 2026).map((fiscalYear) => tax({ fiscalYear })),
  noLedger: fc.constant(set({ tax: null })),
  minimumAge: fc.constantFrom(15, 16, undefined).map((minimumAge) => set({ minimumAge })),
  dayPasses: fc
    .constantFrom('2026-11-20', '2026-11-21', '2027-02-28', '2027-03-01', '2028-02-29', '2036-11-20')
    .map((day) => set({ today: parseCalendarDate(day) })),
};
/** So that a counterexample says what happened, and not how. */
const named = Object.entries(events).map(([event, turns]) =>
  turns.map((turn): Turn => Object.assign((world: World) => turn(world), { [fc.toStringMethod]: () => event })),
);
const someEvents = fc.array(fc.oneof(...named), { maxLength: 4 });
const visit = fc.record({
  kind: fc.constantFrom(...certificateKinds),
  before: someEvents,
  between: fc.oneof({ weight: 2, arbitrary: fc.constant<Turn[]>([]) }, { weight: 1, arbitrary: someEvents }),
  /** Mostly one of the kind’s own. */
  scope: fc.integer({ min: 0, max: 2 }),
  whoElse: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
});

function withNewcomer(world: World): World {
  const [first] = world.members;
  const newcomer = first && { ...first, residentId: 'r4', order: 4, name: '夕凪 新', status: 'resident' as const };
  return newcomer && world.members.length === 3 ? { ...world, members: [...world.members, newcomer] } : world;
}

const turned = (world: World, turns: readonly Turn[]) => turns.reduce((w, turn) => turn(w), world);

/** The persons whom the kiosk could show, and those of them whom the resident chose. */
function chosenAt(kind: CertificateKind, world: World, scope: string, whoElse: readonly boolean[]): string[] {
  const shown = peopleOf(kind, recordOf(kind, world)).filter(
    ({ status }) => status === 'resident' || status === 'leaving',
  );
  const ids = shown.map(({ residentId }) => residentId);
  if (scope === 'self') return [APPLICANT];
  return scope === 'household' ? ids : ids.filter((_, i) => whoElse[i]);
}

test('random books, random events, random orders: the table issues exactly what a second, plain reading of the rules issues', async () => {
  const seen: Record<string, number> = {};
  const alone = new Set<string | undefined>();
  await fc.assert(
    fc.asyncProperty(visit, async ({ kind, before, between, scope: which, whoElse }) => {
      const scopes = kindFacts[kind].scopes;
      const scope = scopes[which % scopes.length] ?? 'self';
      const atOffers = turned(ordinaryWorld(kind), before);
      const chosenIds = chosenAt(kind, atOffers, scope, whoElse);
      const world = turned(atOffers, between);
      const record = recordOf(kind, world);
      const fiscalYear = kindFacts[kind].hasFiscalYear ? { fiscalYear: 2026 } : {};
      const order = {
        ...{ orderId: '1'.repeat(32), sessionId },
        selection: {
          ...{ kind, scope, items: [], copies: 1, feeYen: 300, ...fiscalYear },
          personRefs: chosenIds.map((id) => personRef(town, sessionId, kind, id)),
        },
      } as unknown as IssuerOrder;
      recorded = [];
      const restrictedIds = world.restricted ?? [];
      restricted = restrictedIds.map((residentId) => ({ residentId }));
      const begunAt = new Date(`${world.today}T03:00:00Z`);
      const terms = { feeYenPerCopy: 300, minimumAge: world.minimumAge, begunAt };
      const holder = { residentId: APPLICANT } as Holder;
      const verdict = await judge(order, holder, record, terms, town, ports).then(
        () => 'issue',
        (error: { code?: ErrorCode }) => (error.code === undefined ? error : 'refuse'),
      );
      const onPaper = peopleOf(kind, record).filter(({ residentId }) => chosenIds.includes(residentId));
      const expected = oracleSays({
        ...{ kind, record, applicantId: APPLICANT, restrictedIds, chosenIds, scope, fiscalYear: fiscalYear.fiscalYear },
        ...{ today: world.today, minimumAge: world.minimumAge, nameLettersMax },
        ...{ names: onPaper.map((p) => p.name), unprintable: '〓' },
      });
      const why = `rules/testing/oracle.ts says ${expected}, the table ${recorded.join(', ') || verdict}: a rule is changed in both`;
      expect([verdict, { kind, scope, chosenIds }], why).toEqual([expected, { kind, scope, chosenIds }]);
      if (recorded.length === 1) alone.add(recorded[0]);
      seen[`${kind} ${expected}`] = (seen[`${kind} ${expected}`] ?? 0) + 1;
    }),
    { seed: 20261120, numRuns: 5_000 },
  );
  // Without any one row something would have been issued. (Who stands in no book can choose nobody there either.)
  const rows = refusalRules.map(({ id }) => id).filter((id) => id !== 'no-book');
  expect(rows.filter((id) => !alone.has(id))).toEqual([]);
  // Both answers came up for every kind, often.
  for (const kind of certificateKinds)
    for (const answer of ['issue', 'refuse']) expect(seen[`${kind} ${answer}`]).toBeGreaterThan(60);
}, 600_000);
