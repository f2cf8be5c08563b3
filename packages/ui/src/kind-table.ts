/**
 * 証明書の種別, as the screen speaks of them: whose words a scope takes (the 世帯 of a 住民票, the 戸籍 of a 戸籍証明書), and under which
 * entry of ⑥ several kinds stand together (seed 4.1 ⑥: 各種税証明書, 戸籍証明書).
 */
import type { CertificateKind } from '@machikado/protocol';

export const books = ['household', 'koseki'] as const;
export type Book = (typeof books)[number];

export const kindGroups = ['tax', 'koseki'] as const;
export type KindGroup = (typeof kindGroups)[number];

interface KindRow {
  readonly book: Book;
  readonly group?: KindGroup;
}

export const kindTable: Readonly<Record<CertificateKind, KindRow>> = {
  'resident-record': { book: 'household' },
  'resident-record-items': { book: 'household' },
  'seal-registration': { book: 'household' },
  'tax-income': { book: 'household', group: 'tax' },
  'tax-assessment': { book: 'household', group: 'tax' },
  'tax-exemption': { book: 'household', group: 'tax' },
  'tax-income-assessment': { book: 'household', group: 'tax' },
  'tax-payment': { book: 'household', group: 'tax' },
  'koseki-full': { book: 'koseki', group: 'koseki' },
  'koseki-individual': { book: 'koseki', group: 'koseki' },
  'koseki-address-history': { book: 'koseki' },
};
