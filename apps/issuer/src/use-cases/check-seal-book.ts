/**
 * 印鑑登録証明書: the record must agree with the book that the feed and the nightly 突合 built up. A registry that hands out a
 * cancelled registration, or an older state of one, has lost something on the way; that stops the kind. A newer state than the
 * book knows means that the feed is behind, and nothing worse.
 */
import { type RegistryRecord, refuse, type Selection } from '@machikado/protocol';
import { kindFacts } from '../kinds/kind-facts.ts';
import type { Municipality, Ports } from '../ports.ts';
import { type BookLine, isEnded } from '../registration/book-line.ts';
import { findLine } from '../store/book-lines.ts';
import type { Holder } from './check-holder.ts';
import { refuseDoubtfulBook } from './feed-age.ts';
import { Mismatch } from './mismatch.ts';

export async function checkSealBook(
  { kind }: Selection,
  { seal }: RegistryRecord,
  { residentId }: Holder,
  town: Municipality,
  { store, businessClock }: Ports,
): Promise<void> {
  if (!kindFacts[kind].sections.includes('seal')) return;
  const line = await store.inMunicipality(town.lgCode, async (tx) => {
    await refuseDoubtfulBook(tx, 'seals', town, businessClock.now());
    return seal ? findLine(tx, 'seals', seal.registrationId) : undefined;
  });
  // Nobody gets a certificate from a registration that is not there or not active: the rules say so.
  if (!seal) return;
  if (line && contradicts(seal, residentId, line))
    throw new Mismatch('the seal in the record is not the one in the book');
  if (seal.state !== 'active') return;
  if (!line || line.version < seal.registrationVersion)
    refuse('REGISTRY_UNAVAILABLE', 'the feed knows less than the record');
}

function contradicts(seal: NonNullable<RegistryRecord['seal']>, residentId: string, line: BookLine): boolean {
  if (line.residentId !== residentId) return true;
  if (isEnded(line) && seal.state !== 'cancelled') return true;
  if (line.version === seal.registrationVersion) return line.state !== seal.state;
  return line.version > seal.registrationVersion;
}
