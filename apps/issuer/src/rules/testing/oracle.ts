/**
 * May this certificate leave a kiosk? Written down plainly a second time, from the law and the municipalities’ own announcements, one
 * sentence after the other, and sharing no code with the table of refusals: not its predicates, not its lists of people, not its
 * ages. The property test holds the two against each other.
 */
import type { CertificateKind, LedgerDate, RegistryRecord, Scope } from '@machikado/protocol';

export interface OracleQuestion {
  readonly kind: CertificateKind;
  readonly record: RegistryRecord;
  readonly applicantId: string;
  /** Whom staff restricted. */
  readonly restrictedIds: readonly string[];
  readonly chosenIds: readonly string[];
  readonly scope: Scope;
  readonly fiscalYear: number | undefined;
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly minimumAge: number | undefined;
  readonly nameLettersMax: number;
  /** Names on the paper. */
  readonly names: readonly string[];
  /** Letters that no font has. */
  readonly unprintable: string;
}

export function oracleSays(q: OracleQuestion): 'issue' | 'refuse' {
  const { record, applicantId } = q;
  const household = record.members;
  const lineOfApplicant = household.find((line) => line.residentId === applicantId);

  let register: RegistryRecord['koseki'] | RegistryRecord['addressHistory'] = null;
  if (q.kind === 'koseki-full' || q.kind === 'koseki-individual') register = record.koseki ?? null;
  if (q.kind === 'koseki-address-history') register = record.addressHistory ?? null;
  const aboutRegister = q.kind.startsWith('koseki');

  // Somebody under 支援措置 of any form, in the home or in the register: a clerk has to look at it.
  for (const line of household) {
    const livesThere = line.status === 'resident' || line.status === 'leaving';
    if (line.protection !== 'none' && (livesThere || line.residentId === applicantId)) return 'refuse';
  }
  for (const line of register?.members ?? []) if (line.protection !== 'none') return 'refuse';

  // Nor does anything leave that names somebody whom staff restricted: who asks, lives in the home or stands in the register.
  for (const id of q.restrictedIds) {
    const home = household.find((line) => line.residentId === id);
    if (home && (home.status === 'resident' || home.status === 'leaving' || id === applicantId)) return 'refuse';
    if (register?.members.some((line) => line.residentId === id)) return 'refuse';
  }

  // Whoever has moved, is about to, has died or was struck off gets nothing from a kiosk.
  if (lineOfApplicant && lineOfApplicant.status !== 'resident') return 'refuse';
  // While a clerk is at work on the household its lines are in motion.
  if (household.some((line) => line.inProcess)) return 'refuse';

  if (aboutRegister) {
    // Only a register that is in force, complete, kept here, and in which the applicant stands.
    if (register === null || register.state !== 'current') return 'refuse';
    const own = register.members.find((line) => line.residentId === applicantId);
    if (own === undefined || own.status !== 'recorded') return 'refuse';
    if (isTooYoung(own.birth, q)) return 'refuse';
    const recorded = register.members.filter((line) => line.status === 'recorded').map((line) => line.residentId);
    if (!choiceHolds(q, recorded)) return 'refuse';
  } else {
    if (lineOfApplicant === undefined) return 'refuse';
    const present = household.filter((line) => line.status === 'resident' || line.status === 'leaving');
    if (
      !choiceHolds(
        q,
        present.map((line) => line.residentId),
      )
    )
      return 'refuse';
    // Who has given notice of moving out is not certified as living here.
    if (present.some((line) => line.status === 'leaving' && q.chosenIds.includes(line.residentId))) return 'refuse';
  }
  if (lineOfApplicant && isTooYoung(lineOfApplicant.birth, q)) return 'refuse';

  // A seal is certified while its registration is active.
  if (q.kind === 'seal-registration' && record.seal?.state !== 'active') return 'refuse';

  if (q.kind.startsWith('tax')) {
    const ledger = record.tax;
    // What is not fixed, or belongs to another year, certifies nothing.
    if (!ledger || ledger.fiscalYear !== q.fiscalYear || ledger.state !== 'fixed') return 'refuse';
    if (q.kind === 'tax-exemption' && ledger.totalAssessedYen !== 0) return 'refuse';
    if (q.kind === 'tax-assessment' && ledger.totalAssessedYen === 0) return 'refuse';
    if (q.kind === 'tax-payment') {
      // Paid whatever fell due before today, as far as the ledger knows; what it does not know yet, the counter sees on the receipt.
      for (const term of ledger.payments) {
        const lastDay = asText(term.dueOn, 'earliest');
        if (term.paidYen < term.dueYen && lastDay < q.today) return 'refuse';
      }
    }
  }

  for (const name of q.names) {
    const letters = [...new Intl.Segmenter('ja', { granularity: 'grapheme' }).segment(name)];
    if (letters.length > q.nameLettersMax) return 'refuse';
    for (const letter of name) if (q.unprintable.includes(letter)) return 'refuse';
  }
  return 'issue';
}

/** Exactly those who are there now. */
function choiceHolds({ scope, chosenIds, applicantId }: OracleQuestion, present: readonly string[]): boolean {
  if (chosenIds.length === 0) return false;
  for (const id of chosenIds) if (!present.includes(id)) return false;
  if (scope === 'self') return chosenIds.length === 1 && chosenIds[0] === applicantId;
  if (scope === 'household') return chosenIds.length === present.length;
  return true;
}

/** Counts the birthdays that have surely passed; who was born on 29 February has one on 1 March of other years. */
function isTooYoung(birth: LedgerDate, { minimumAge, today }: OracleQuestion): boolean {
  if (minimumAge === undefined) return false;
  const born = asText(birth, 'latest');
  const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const year = Number(born.slice(0, 4)) + minimumAge;
  let monthDay = born.slice(5);
  if (monthDay === '02-29' && !isLeap(year)) monthDay = '03-01';
  return today < `${year}-${monthDay}`;
}

function asText({ year, month, day }: LedgerDate, bound: 'earliest' | 'latest'): string {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const m = month ?? (bound === 'earliest' ? 1 : 12);
  const d = day ?? (bound === 'earliest' ? 1 : (lengths[m - 1] ?? 31));
  return `${year}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
}
