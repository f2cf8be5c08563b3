/**
 * 証明書の種別: what is the same in every municipality. Which books a kind is written from, who can ask for it (住所地 or 本籍地), and
 * whether it is about a 年度.
 */
import type { CertificateKind, RecordItem, RegistrySection, Role, Scope } from '@machikado/protocol';

/** The book whose people stand on the paper. */
export type Book = 'household' | 'koseki' | 'address-history';

export interface KindFacts {
  readonly book: Book;
  /** What is read beside the household. */
  readonly sections: readonly RegistrySection[];
  readonly roles: readonly Role[];
  readonly scopes: readonly Scope[];
  readonly items: readonly RecordItem[];
  readonly hasFiscalYear: boolean;
}

const resident = { book: 'household', sections: [], roles: ['residence'], hasFiscalYear: false } as const;
const tax = {
  ...resident,
  ...{ sections: ['tax'], scopes: ['self'], items: [], hasFiscalYear: true },
} as const satisfies KindFacts;
const family = { roles: ['residence', 'registered-domicile'], hasFiscalYear: false } as const;

export const kindFacts: Readonly<Record<CertificateKind, KindFacts>> = {
  'resident-record': {
    ...resident,
    scopes: ['household', 'part', 'self'],
    items: ['relationship', 'registered-domicile', 'my-number', 'previous-address', 'foreign-resident-items'],
  },
  'resident-record-items': {
    ...resident,
    scopes: ['household', 'part', 'self'],
    items: [
      ...(['birth', 'sex', 'relationship', 'registered-domicile', 'my-number'] as const),
      ...(['resident-since', 'previous-address', 'foreign-resident-items'] as const),
    ],
  },
  'seal-registration': { ...resident, sections: ['seal'], scopes: ['self'], items: [] },
  'tax-income': tax,
  'tax-assessment': tax,
  'tax-exemption': tax,
  'tax-income-assessment': tax,
  'tax-payment': tax,
  'koseki-full': { ...family, book: 'koseki', sections: ['koseki'], scopes: ['household'], items: [] },
  'koseki-individual': { ...family, book: 'koseki', sections: ['koseki'], scopes: ['part', 'self'], items: [] },
  'koseki-address-history': {
    ...family,
    ...{ book: 'address-history', sections: ['address-history'], scopes: ['household', 'part', 'self'] },
    items: ['registered-domicile', 'overseas-elector'],
  },
};
