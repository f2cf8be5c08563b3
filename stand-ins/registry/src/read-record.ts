/** One resident’s record as one consistent snapshot, with the version of everything in it. */
import { createHash } from 'node:crypto';
import { type ReadRecord, type RegistryRecord, refuse, type SealRegistration } from '@machikado/protocol';
import { type BookName, ledgerId, type TownBooks } from './books/town-books.ts';
import { headOf } from './household-order.ts';
import { drawImprint, type SealDesign } from './imprint/draw-imprint.ts';
import type { SealEntry } from './town/seal-entry.ts';

type Sections = Pick<RegistryRecord, 'seal' | 'tax' | 'koseki' | 'addressHistory'>;

export function readRecord(
  books: TownBooks,
  epoch: string,
  { lgCode, residentId, sections = [], fiscalYear, version }: ReadRecord,
): Omit<RegistryRecord, 'readAt'> {
  const householdId = books.householdOf.get(residentId);
  const kosekiId = books.kosekiOf.get(residentId);
  if (householdId === undefined && kosekiId === undefined) refuse('NOT_REGISTERED', 'no such resident in this town');

  const seen: [BookName, string, number][] = [];
  const look = <B extends BookName>(book: B, id: string | undefined) => {
    seen.push([book, id ?? residentId, id === undefined ? 0 : books[book].count(id)]);
    return id === undefined ? undefined : (books[book].get(id) as ReturnType<TownBooks[B]['get']>);
  };
  const household = look('households', householdId);
  const read: Sections = {};
  if (sections.includes('seal')) read.seal = sealOf(look('seals', books.sealOf.get(residentId)));
  if (sections.includes('tax')) {
    if (fiscalYear === undefined) refuse('MALFORMED_REQUEST', 'the section tax is asked for by 年度');
    read.tax = look('ledgers', ledgerId(residentId, fiscalYear)) ?? null;
  }
  if (sections.includes('koseki')) read.koseki = look('koseki', kosekiId) ?? null;
  if (sections.includes('address-history')) read.addressHistory = look('histories', kosekiId) ?? null;

  const current = versionName([epoch, lgCode, seen]);
  if (version !== undefined && version !== current) refuse('RECORD_CHANGED', 'the record has another version now');
  return structuredClone({
    lgCode,
    version: current,
    address: household?.address ?? '',
    headName: (household && headOf(household.members)?.name) ?? '',
    members: [...(household?.members ?? [])],
    ...read,
  });
}

/** Opaque: says neither what the record is nor how often it changed. */
function versionName(seen: unknown): string {
  return createHash('sha256').update(JSON.stringify(seen)).digest('hex').slice(0, 32);
}

/** Drawn when somebody asks: most imprints never are. */
const drawn = new WeakMap<SealDesign, string>();

function sealOf(entry: SealEntry | undefined): SealRegistration | null {
  if (!entry) return null;
  const { registrationId, registrationVersion, state, registeredOn, design } = entry;
  const png = drawn.get(design) ?? drawImprint(design).toString('base64');
  drawn.set(design, png);
  const { widthMm, heightMm } = design;
  return { registrationId, registrationVersion, state, registeredOn, imprint: { png, widthMm, heightMm } };
}
