/** The menu of an invented town that issues every kind: a household and its 戸籍, which names the same people by their 名. */
import { type CertificateKind, certificateKinds, type Offer, type Offers } from '@machikado/protocol';

export const household = ['夕凪　一郎', '夕凪　花子', '𠮷野󠄀　次郎'] as const;
export const personRefs = household.map((_, i) => `${i}`.padStart(32, '0'));
export const koseki = ['一郎', '花子'] as const;
export const kosekiRefs = koseki.map((_, i) => `f${i}`.padStart(32, '0'));

type Row = Pick<Offer, 'scopes' | 'items' | 'personRefs' | 'fiscalYears'>;

const resident: Row = {
  scopes: ['household', 'part', 'self'],
  items: ['relationship', 'registered-domicile', 'my-number'],
  personRefs,
};
const alone: Row = { scopes: ['self'], items: [], personRefs: personRefs.slice(0, 1) };
const tax: Row = { ...alone, fiscalYears: [2026, 2025] };
const inKoseki: Row = { scopes: ['household', 'part', 'self'], items: [], personRefs: kosekiRefs };

const menu: Readonly<Record<CertificateKind, Row>> = {
  'resident-record': resident,
  'resident-record-items': { ...resident, items: ['birth', 'sex', ...resident.items] },
  'seal-registration': alone,
  'tax-income': tax,
  'tax-assessment': tax,
  'tax-exemption': tax,
  'tax-income-assessment': tax,
  'tax-payment': tax,
  'koseki-full': { ...inKoseki, scopes: ['household'] },
  'koseki-individual': { ...inKoseki, scopes: ['part', 'self'] },
  'koseki-address-history': { ...inKoseki, items: ['registered-domicile'] },
};

const people = (names: readonly string[], refs: readonly string[]): Offers['persons'] =>
  names.map((name, i) => ({ personRef: refs[i] ?? '', name, isSelf: i === 0 }));
const persons = [...people(household, personRefs), ...people(koseki, kosekiRefs)];

export function fakeOffers(sessionId: string, lgCode: string, feeYen: number): Offers {
  const offers = certificateKinds.map((kind) => ({ kind, ...menu[kind], feeYen, copiesMax: 10 }));
  return structuredClone({ sessionId, lgCode, persons, offers });
}

export function nameOfRef(ref: string): string {
  return persons.find(({ personRef }) => personRef === ref)?.name ?? '';
}
