/**
 * How center and kiosk speak of a person during one session: opaque, other in the next session, and other in each book, since the
 * books know different names.
 */
import { createHmac } from 'node:crypto';
import type { CertificateKind } from '@machikado/protocol';
import { kindFacts } from '../kinds/kind-facts.ts';
import type { Municipality } from '../ports.ts';

export function personRef(
  { keys }: Municipality,
  sessionId: string,
  kind: CertificateKind,
  residentId: string,
): string {
  return createHmac('sha256', keys.residentRefSecret)
    .update(`machikado/person-ref/v1\0${sessionId}\0${kindFacts[kind].book}\0${residentId}`)
    .digest('hex')
    .slice(0, 32);
}
