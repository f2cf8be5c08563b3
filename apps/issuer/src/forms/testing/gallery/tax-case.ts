/** One 税証明書 of the gallery: a ledger, whose it is, and when it was asked for. */
import type { RegistryPerson, TaxLedger } from '@machikado/protocol';
import type { CertificateContent } from '../../../ports.ts';
import { person } from '../records.ts';
import { type TaxKind, taxRecord } from '../tax-ledgers.ts';
import { type GalleryCase, galleryCase } from './gallery-case.ts';

type Changes = Partial<CertificateContent> & { readonly resident?: RegistryPerson };

export function taxCase(
  kind: TaxKind,
  edge: string,
  shows: string,
  ledger: TaxLedger,
  { resident = person(1), ...changes }: Changes = {},
): GalleryCase {
  const about = { scope: 'self', residentIds: [resident.residentId], fiscalYear: ledger.fiscalYear } as const;
  return galleryCase(kind, edge, shows, taxRecord(ledger, resident), { ...about, ...changes });
}
