/**
 * New files beside what the last ones said. Versions only go up, what ended for good stays ended, and whatever a file no longer
 * names has ended. From what changed the events of the feed follow.
 */
import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '@machikado/pki';
import type { FeedEvent } from '@machikado/protocol';
import { isMany } from '../registration/settle-book.ts';
import { fileSpecs, type RegistryFile, registryFiles } from './file-specs.ts';
import { type Rejection, rejectionOf, type ToldRow } from './read-registry-files.ts';

/** A row as it stands in the table. */
export interface RegistryRow extends Omit<ToldRow, 'line'> {
  readonly digest: string;
}
/** As much of it as a comparison needs. */
export type KnownRow = Pick<RegistryRow, 'file' | 'id' | 'version' | 'ended' | 'final' | 'residentId' | 'digest'> & {
  readonly status: string | null;
};
export type FeedFact = Omit<FeedEvent, 'seq' | 'at'> & { readonly at?: string };
export interface Change {
  readonly row: RegistryRow;
  readonly facts: readonly FeedFact[];
}
/** A row that a file no longer names. */
export interface Ending {
  readonly row: KnownRow;
  readonly final: boolean;
  readonly facts: readonly FeedFact[];
}
export interface Comparison {
  readonly changes: readonly Change[];
  readonly endings: readonly Ending[];
  readonly rejections: readonly Rejection[];
}

export function compareRows(
  known: readonly KnownRow[],
  told: readonly ToldRow[],
  { acceptEndings }: { readonly acceptEndings: boolean },
): Comparison {
  const before = new Map(known.map((row) => [keyOf(row), row]));
  const named = new Set(told.map(keyOf));
  const compared = told.map((row) => ({ row: toRegistryRow(row), line: row.line, was: before.get(keyOf(row)) }));
  const changed = compared.filter(({ row, was }) => was?.digest !== row.digest || was.version !== row.version);
  const endings = known
    .filter((row) => !row.ended && !named.has(keyOf(row)) && fileSpecs[row.file].absenceEnds)
    .map((row) => ({ row, final: fileSpecs[row.file].endsForGood, facts: factsAbout(row, undefined) }));
  const ended = [
    ...changed.filter(({ row, was }) => was && !was.ended && row.ended).map(({ row }) => row),
    ...endings.map(({ row }) => row),
  ];
  return {
    changes: changed.map(({ row, was }) => ({ row, facts: factsAbout(was, row) })),
    endings,
    rejections: [
      ...changed.flatMap(({ row, line, was }) => {
        const code = was && whyNot(was, row);
        return code ? [rejectionOf(fileSpecs[row.file], line, code)] : [];
      }),
      ...(acceptEndings ? [] : tooManyEndings(known, ended)),
    ],
  };
}

function whyNot(was: KnownRow, row: RegistryRow): string | undefined {
  if (row.version < was.version) return 'older-than-known';
  if (was.final && !row.final) return 'revives-ended';
  if (row.version === was.version) return 'changed-under-one-version';
  const isOwned = row.file === 'seals' || row.file === 'certs';
  return isOwned && row.residentId !== was.residentId ? 'owner-changed' : undefined;
}

function tooManyEndings(known: readonly KnownRow[], ended: readonly { readonly file: RegistryFile }[]): Rejection[] {
  return registryFiles.flatMap((file) => {
    const open = known.filter((row) => row.file === file && !row.ended).length;
    const endings = ended.filter((row) => row.file === file).length;
    return isMany(endings, open) ? [rejectionOf(fileSpecs[file], 0, 'too-many-endings')] : [];
  });
}

/** What the feed of a registry with an API would have told. */
function factsAbout(was: KnownRow | undefined, row: RegistryRow | undefined): FeedFact[] {
  const { file, residentId, id } = row ?? (was as KnownRow);
  if (file === 'residents') return residentFacts(residentId, was, row);
  if (file === 'seals') return sealFacts(residentId, id, was, row);
  return file === 'certs' ? certFacts(residentId, id, was, row) : [];
}

function residentFacts(residentId: string, was: KnownRow | undefined, row: RegistryRow | undefined): FeedFact[] {
  const isHere = (one: { ended: boolean } | undefined, status: unknown) =>
    one !== undefined && !one.ended && status !== 'elsewhere';
  const [lived, lives] = [isHere(was, was?.status), isHere(row, row?.body.status)];
  if (row?.final && !was?.final) return [{ type: 'died', residentId }];
  if (lived === lives) return [];
  return [{ type: lives ? 'moved-in' : 'moved-out', residentId }];
}

function sealFacts(
  residentId: string,
  registrationId: string,
  was: KnownRow | undefined,
  row: RegistryRow | undefined,
): FeedFact[] {
  const registrationVersion = (row ?? (was as KnownRow)).version;
  const about = { residentId, registrationId, registrationVersion };
  if (!row || row.ended) return [{ type: 'seal-cancelled', ...about }];
  if (row.body.state === 'suspended') return [{ type: 'seal-suspended', ...about }];
  return [{ type: was ? 'seal-resumed' : 'seal-registered', ...about }];
}

function certFacts(
  residentId: string,
  id: string,
  was: KnownRow | undefined,
  row: RegistryRow | undefined,
): FeedFact[] {
  const [anchor = '', serial = ''] = id.split(' ');
  if (!row || row.ended) return was && !was.ended ? [{ type: 'cert-withdrawn', residentId, anchor, serial }] : [];
  const { role, medium, previousAnchor, previousSerial, at } = row.body as Record<string, string | null>;
  const told = { residentId, anchor, serial, role, ...(medium && { medium }), at: `${at}` } as Omit<FeedFact, 'type'>;
  return previousAnchor && previousSerial
    ? [{ type: 'cert-renewed', ...told, previousAnchor, previousSerial }]
    : [{ type: 'cert-registered', ...told }];
}

function toRegistryRow({ line: _, ...row }: ToldRow): RegistryRow {
  const { ended, final, residentId, groupId, body } = row;
  const told = canonicalJson({ ended, final, residentId, groupId, body: body as Record<string, Json> });
  return { ...row, digest: createHash('sha256').update(told).digest('hex') };
}

const keyOf = ({ file, id }: { readonly file: string; readonly id: string }) => `${file} ${id}`;
