/** Ends a suspension: a member of staff says by name why the kind may be issued again. “The retry worked” closes nothing. */
import type { CertificateKind } from '@machikado/protocol';
import type { Municipality, Ports } from '../ports.ts';
import { appendToRecord } from '../store/delivery-record.ts';
import { releaseKind } from '../store/suspensions.ts';

export interface Release {
  readonly kind: CertificateKind;
  readonly staff: string;
  readonly reason: string;
}

/** False when the kind was not suspended. */
export function releaseSuspension(
  release: Release,
  town: Municipality,
  { store, machineClock }: Pick<Ports, 'store' | 'machineClock'>,
): Promise<boolean> {
  const now = machineClock.now();
  return store.inMunicipality(town.lgCode, async (tx) => {
    if (!(await releaseKind(tx, release, now))) return false;
    const { kind, staff, reason } = release;
    const entry = { event: 'kind-released' as const, body: { kind, staff, reason } };
    await appendToRecord(tx, town.keys.residentRefSecret, now, [entry]);
    return true;
  });
}
