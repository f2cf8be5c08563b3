/**
 * Whether something may begin now: the hours of the center, suspensions, and the build of the issuing server. The narrower hours
 * of a municipality are its own issuing server's to enforce.
 */
import { isOpen } from '@machikado/domain';
import { type CertificateKind, refuse } from '@machikado/protocol';
import type { Center } from './ports.ts';
import type { Municipality } from './settings.ts';

export async function refuseUnlessServing(center: Center, town: Municipality, kind: CertificateKind): Promise<void> {
  if (!town.kinds.includes(kind)) refuse('KIND_NOT_OFFERED', 'the municipality does not issue this kind');
  const serving = await kindsServed(center, town);
  if (!serving.includes(kind)) refuse('MUNICIPALITY_SUSPENDED', 'suspended until staff release it');
}

/** The kinds that are not suspended; refuses when nothing at all may begin. */
export async function kindsServed(center: Center, town: Municipality): Promise<CertificateKind[]> {
  if (!isOpen({}, center.businessClock.now())) refuse('SERVICE_CLOSED', 'the center is closed');
  const suspended = (await center.store.suspensions.active(town.lgCode)).map(({ kind }) => kind);
  const kinds = town.kinds.filter((kind) => !suspended.includes(kind));
  if (kinds.length === 0) refuse('MUNICIPALITY_SUSPENDED', 'suspended until staff release it');
  const standing = await center.standings.of(town);
  if (standing.kind === 'build-not-approved') refuse('BUILD_NOT_APPROVED', 'no issuing server runs an approved build');
  return kinds;
}
