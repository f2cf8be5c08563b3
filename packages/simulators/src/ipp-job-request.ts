/** What a job asks for, against what this machine can: A4 in colour, one side or both, never scaled. */
import { groupOf, groupTyped, type IppAttribute, type IppGroup, type JobTemplate, tables } from '@machikado/printing';
import { IppRefusal, type IppRequest } from './ipp-machine.ts';
import { pageCount } from './printed-pages.ts';
import type { PrintRequest } from './printer.ts';

export const PDF = 'application/pdf';
export const ANY_FORMAT = 'application/octet-stream';
export const MEDIA = 'iso_a4_210x297mm';
export const COPIES_MAX = 99;

type Check<K extends keyof JobTemplate> = (value: NonNullable<JobTemplate[K]>) => boolean;

const can: { readonly [K in keyof JobTemplate]-?: Check<K> } = {
  copies: (copies) => copies >= 1 && copies <= COPIES_MAX,
  'page-ranges': ([range, ...more]) =>
    range !== undefined && more.length === 0 && range[0] >= 1 && range[0] <= range[1],
  sides: (sides) => sides === 'one-sided' || sides === 'two-sided-long-edge',
  media: (media) => media === MEDIA,
  'print-scaling': (scaling) => scaling === 'none',
  'print-color-mode': (mode) => mode === 'color' || mode === 'auto',
};

/** Refuses under fidelity, or where the format is none of ours; else says what it passes over. */
export function checkJob({ message, operation, template }: IppRequest): readonly IppGroup[] {
  const format = operation['document-format'] ?? PDF;
  if (format !== PDF && format !== ANY_FORMAT) throw new IppRefusal('client-error-document-format-not-supported');
  if ((operation.compression ?? 'none') !== 'none') throw new IppRefusal('client-error-compression-not-supported');
  const unsupported = groupOf(message, 'job').flatMap((attribute) => passedOver(attribute, template));
  if (unsupported.length === 0) return [];
  const groups = [{ tag: 'unsupported', attributes: unsupported } as const];
  if (operation['ipp-attribute-fidelity'] === true)
    throw new IppRefusal('client-error-attributes-or-values-not-supported', groups);
  return groups;
}

/** An attribute that nobody here knows comes back as `unsupported`, a known one with the value that cannot be. */
function passedOver({ name, values }: IppAttribute, template: JobTemplate): IppAttribute[] {
  if (!Object.hasOwn(can, name)) return [{ name, values: [{ tag: 'unsupported' }] }];
  return isPossible(name as keyof JobTemplate, template) ? [] : [{ name, values }];
}

function isPossible<K extends keyof JobTemplate>(name: K, template: JobTemplate): boolean {
  const value = template[name];
  const check = can[name] as Check<K>;
  return value !== undefined && value !== null && check(value);
}

export function toPrintRequest({ message: { data }, operation, template }: IppRequest, name: string): PrintRequest {
  const document = new Uint8Array(data);
  if (!Buffer.from(document.subarray(0, 5)).equals(Buffer.from('%PDF-')))
    throw new IppRefusal('client-error-document-format-error');
  const [range] = isPossible('page-ranges', template) ? (template['page-ranges'] ?? []) : [];
  const last = pageCount(document) ?? range?.[1] ?? 1;
  const pages = [range?.[0] ?? 1, Math.min(range?.[1] ?? last, last)] as const;
  if (pages[0] > pages[1]) {
    if (!range) throw new IppRefusal('client-error-document-format-error');
    const unsupported = groupTyped('unsupported', tables.template, { 'page-ranges': [range] });
    throw new IppRefusal('client-error-attributes-or-values-not-supported', [unsupported]);
  }
  return {
    ...{ name, document, pages },
    duplex: template.sides === 'two-sided-long-edge',
    copies: isPossible('copies', template) ? (template.copies ?? 1) : 1,
    user: userOf(operation['requesting-user-name']),
  };
}

export const userOf = (name: string | undefined) => name ?? 'anonymous';
