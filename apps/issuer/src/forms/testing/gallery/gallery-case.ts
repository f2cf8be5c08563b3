/** One document of the gallery: which edge it shows, and everything that stands on it. */
import { createHash } from 'node:crypto';
import type { CalendarDate } from '@machikado/domain';
import type { CertificateKind, RegistryRecord } from '@machikado/protocol';
import { peopleOf } from '../../../kinds/people-of.ts';
import type { CertificateContent } from '../../../ports.ts';
import { drawSeal } from '../../draw-seal.ts';

export interface GalleryCase {
  /** Of its files: kind and edge. */
  readonly name: string;
  /** What to look at. */
  readonly shows: string;
  readonly content: CertificateContent;
}

export const mayor = { title: '架空県夕凪市長', name: '凪野　帆高', sealSvg: drawSeal('夕凪市長之印') };
/** 職務代理者, while the mayor cannot act. */
export const deputy = {
  title: '架空県夕凪市長職務代理者　架空県夕凪市副市長',
  name: '汐見　渚',
  sealSvg: drawSeal('夕凪市長職務代理者'),
};
export const otherTown = { title: '架空県霧笛町長', name: '港　霧人', sealSvg: drawSeal('霧笛町長之印') };

type Changes = Partial<CertificateContent> & { readonly residentIds?: readonly string[] };

/** Everybody in the book stands on it, unless `residentIds` names some. */
export function galleryCase(
  kind: CertificateKind,
  edge: string,
  shows: string,
  record: RegistryRecord,
  { residentIds, ...changes }: Changes = {},
): GalleryCase {
  const name = `${kind}-${edge}`;
  const number = createHash('sha256').update(name).digest('hex');
  const content: CertificateContent = {
    ...{ kind, record, mayor, scope: 'household', items: [] },
    persons: peopleOf(kind, record).filter((one) => residentIds?.includes(one.residentId) ?? true),
    orderReference: number.slice(0, 16),
    issueNumber: number.slice(16, 32),
    issuedOn: '2026-11-22' as CalendarDate,
    ...changes,
  };
  return { name, shows, content };
}
