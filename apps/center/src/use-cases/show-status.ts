/**
 * PR-STATUS: an honest status before PIN and money. The center is open within its hours, unless the responder is away: then nobody
 * can log in. A kind is open only if the center is, nothing is suspended, and its issuing server was heard from lately, runs an
 * approved build and says that it is open. When a closed kind opens again, its issuing server alone knows; when the center does, the
 * center.
 */
import { nextOpening } from '@machikado/domain';
import type { CertificateKind, KindStatus, StatusReply } from '@machikado/protocol';
import type { Center, Standing } from '../ports.ts';

export async function showStatus(center: Center): Promise<StatusReply> {
  const { centerId, municipalities } = center.settings();
  const businessTime = center.businessClock.now();
  const opening = nextOpening({}, businessTime);
  const withinHours = opening?.getTime() === businessTime.getTime();
  const open = withinHours && !center.responder.isAway();
  const suspensions = await center.store.suspensions.active();
  const isSuspended = (lgCode: string, kind: CertificateKind) =>
    suspensions.some((suspension) => suspension.lgCode === lgCode && suspension.kind === kind);
  return {
    centerId,
    businessTime: businessTime.toISOString(),
    open,
    ...(withinHours && !open && { reason: 'revocation-unavailable' as const }),
    ...(!withinHours && opening && { opensAt: opening.toISOString() }),
    municipalities: [...municipalities.values()].map(({ lgCode, name, kinds }) => ({
      lgCode,
      name,
      kinds: kinds.flatMap((kind): KindStatus[] => {
        if (isSuspended(lgCode, kind)) return [{ kind, open: false, reason: 'suspended' }];
        const heard = heardOf(center.standings.lastHeard(lgCode), kind, businessTime);
        if (!heard) return [];
        if (open || heard.reason === 'closed') return [heard];
        return [{ kind, open: false, reason: withinHours ? 'unavailable' : 'closed' }];
      }),
    })),
  };
}

/** Nothing of a kind that the issuing server does not have on its menu. */
function heardOf(standing: Standing | undefined, kind: CertificateKind, now: Date): KindStatus | undefined {
  if (standing?.kind !== 'serving') return { kind, open: false, reason: 'unavailable' };
  const said = standing.kinds.find((status) => status.kind === kind);
  if (!said?.opensAt || Date.parse(said.opensAt) > now.getTime()) return said;
  // Heard before it opened: the next word will say so.
  return { kind, open: false, reason: 'closed' };
}
