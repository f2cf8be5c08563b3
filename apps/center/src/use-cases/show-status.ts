/**
 * PR-STATUS: an honest status before PIN and money. A kind is open only if the center is, nothing is suspended, and its issuing
 * server was heard from lately, runs an approved build and says that it is open.
 */
import { isOpen } from '@machikado/domain';
import type { CertificateKind, KindStatus, StatusReply } from '@machikado/protocol';
import type { Center, Standing } from '../ports.ts';

export async function showStatus(center: Center): Promise<StatusReply> {
  const { centerId, municipalities } = center.settings();
  const businessTime = center.businessClock.now();
  const open = isOpen({}, businessTime);
  const suspensions = await center.store.suspensions.active();
  const isSuspended = (lgCode: string, kind: CertificateKind) =>
    suspensions.some((suspension) => suspension.lgCode === lgCode && suspension.kind === kind);
  return {
    centerId,
    businessTime: businessTime.toISOString(),
    open,
    municipalities: [...municipalities.values()].map(({ lgCode, name, kinds }) => ({
      lgCode,
      name,
      kinds: kinds.map((kind) => {
        if (isSuspended(lgCode, kind)) return { kind, open: false, reason: 'suspended' as const };
        if (!open) return { kind, open: false, reason: 'closed' as const };
        return statusFrom(center.standings.lastHeard(lgCode), kind);
      }),
    })),
  };
}

function statusFrom(standing: Standing | undefined, kind: CertificateKind): KindStatus {
  const said = standing?.kind === 'serving' ? standing.kinds.find((status) => status.kind === kind) : undefined;
  return said ?? { kind, open: false, reason: 'unavailable' };
}
