/** An invented town hall’s books about one resident, ordinary in every way; a test turns one thing in them. */
import { type CalendarDate, parseCalendarDate } from '@machikado/domain';
import type {
  AddressHistory,
  CertificateKind,
  Koseki,
  RegistryPerson,
  RegistryRecord,
  Scope,
  SealRegistration,
  TaxLedger,
} from '@machikado/protocol';
import { kindFacts } from '../../kinds/kind-facts.ts';
import {
  historyMember,
  historyOf,
  household,
  kosekiMember,
  kosekiOf,
  person,
  sealOf,
  taxOf,
} from '../../testing/people.ts';
import { type Case, presentPeople } from '../case.ts';
import { withRestrictions } from '../with-restrictions.ts';

export interface World {
  readonly members: readonly RegistryPerson[];
  readonly koseki: Koseki | null;
  readonly history: AddressHistory | null;
  readonly seal: SealRegistration | null;
  readonly tax: TaxLedger | null;
  readonly address: string;
  readonly today: CalendarDate;
  readonly minimumAge: number | undefined;
  /** Instead of everybody there, or of the applicant alone. */
  readonly chosenIds?: readonly string[];
  readonly scope?: Scope;
  readonly strangers?: number;
  /** 利用者制限 by staff. */
  readonly restricted?: readonly string[];
}
export type Turn = (world: World) => World;

export const APPLICANT = 'r1';
const NAMES = ['太郎', '花子', '港'];

export function ordinaryWorld(kind: CertificateKind): World {
  const of = (i: number) => ({ residentId: `r${i + 1}`, order: i + 1 });
  const paid = taxOf().payments.map((term) => ({ ...term, paidYen: term.dueYen }));
  return {
    members: NAMES.map((name, i) => person({ ...of(i), name: `夕凪 ${name}` })),
    koseki: kosekiOf(NAMES.map((name, i) => kosekiMember({ ...of(i), name }))),
    history: historyOf(NAMES.map((name, i) => historyMember({ ...of(i), name: `夕凪 ${name}` }))),
    seal: sealOf(),
    tax: taxOf({ payments: paid, ...(kind === 'tax-exemption' && { totalAssessedYen: 0 }) }),
    address: '架空県夕凪市港町一丁目2番3号',
    today: parseCalendarDate('2026-11-20'),
    minimumAge: 15,
  };
}

/** With the sections that are read for the kind, and no others. */
export function recordOf(kind: CertificateKind, world: World): RegistryRecord {
  const { members, koseki, history, seal, tax, address } = world;
  const sections = { seal, tax, koseki, 'address-history': history };
  const named = { seal: 'seal', tax: 'tax', koseki: 'koseki', 'address-history': 'addressHistory' } as const;
  return {
    ...household([...members], { address }),
    ...Object.fromEntries(kindFacts[kind].sections.map((section) => [named[section], sections[section]])),
  };
}

/** All of the household or of the register where the kind has that, else the applicant alone. */
export function caseOf(kind: CertificateKind, world: World): Case {
  const record = withRestrictions(recordOf(kind, world), new Set(world.restricted));
  const scope = world.scope ?? (kindFacts[kind].scopes.includes('household') ? 'household' : 'self');
  const present = presentPeople(kind, record, APPLICANT);
  const chosenIds = world.chosenIds ?? (scope === 'self' ? [APPLICANT] : present.map((p) => p.residentId));
  const selected = present.filter(({ residentId }) => chosenIds.includes(residentId));
  return {
    ...{ kind, record, applicantId: APPLICANT, selected, scope, strangers: world.strangers ?? 0 },
    fiscalYear: kindFacts[kind].hasFiscalYear ? 2026 : undefined,
    ...{ today: world.today, minimumAge: world.minimumAge },
    limits: { nameLettersMax: 40, addressLettersMax: 80 },
    printedTexts: [...selected.map((p) => p.name), record.address],
    missingGlyphs: (text) => [...text].filter((letter) => letter === '〓'),
  };
}

/** One line of the household. */
export const line =
  (index: number, change: Partial<RegistryPerson>): Turn =>
  (world) => ({ ...world, members: changed(world.members, index, change) });

/** One line of both 戸籍 and 附票. */
export const registerLine =
  (index: number, change: Partial<Pick<Koseki['members'][number], 'name' | 'birth' | 'status' | 'protection'>>): Turn =>
  (world) => ({
    ...world,
    koseki: world.koseki && { ...world.koseki, members: changed(world.koseki.members, index, change) },
    history: world.history && { ...world.history, members: changed(world.history.members, index, change) },
  });

/** One person in every book. */
export const everywhere =
  (index: number, change: { readonly birth?: RegistryPerson['birth']; readonly name?: string }): Turn =>
  (world) =>
    registerLine(index, change)(line(index, change)(world));

export const set =
  (change: Partial<World>): Turn =>
  (world) => ({ ...world, ...change });
/** Staff restrict one person. */
export const restrict = (index: number): Turn => set({ restricted: [`r${index + 1}`] });
export const tax =
  (change: Partial<TaxLedger>): Turn =>
  (world) => ({ ...world, tax: world.tax && { ...world.tax, ...change } });
export const all =
  (...turns: readonly Turn[]): Turn =>
  (world) =>
    turns.reduce((turned, turn) => turn(turned), world);

function changed<T>(list: readonly T[], index: number, change: Partial<NoInfer<T>>): T[] {
  return list.map((one, i) => (i === index ? { ...one, ...change } : one));
}
