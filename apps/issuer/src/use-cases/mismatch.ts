/**
 * Something is about somebody or something else than was asked for. This is never retried: the kind is suspended for this
 * municipality until a member of staff releases it with a reason. (Findings name places on a page, never texts.)
 */
import type { CertificateKind } from '@machikado/protocol';
import type { Municipality, Ports } from '../ports.ts';
import { appendToRecord } from '../store/delivery-record.ts';
import { suspendKind } from '../store/suspensions.ts';

export class Mismatch extends Error {
  override readonly name = 'Mismatch';
  readonly finding: string;

  constructor(finding: string) {
    super(`mismatch: ${finding}`);
    this.finding = finding;
  }
}

export async function suspendAfterMismatch(
  mismatch: Mismatch,
  kinds: readonly CertificateKind[],
  orderId: string | null,
  town: Municipality,
  { store, machineClock, random, log }: Ports,
): Promise<void> {
  const now = machineClock.now();
  await store.inMunicipality(town.lgCode, async (tx) => {
    for (const kind of kinds) {
      const suspensionId = Buffer.from(random(16)).toString('hex');
      if (!(await suspendKind(tx, { suspensionId, kind, cause: mismatch.finding }, now))) continue;
      const body = { suspensionId, kind, orderId, cause: mismatch.finding };
      await appendToRecord(tx, town.keys.residentRefSecret, now, [{ event: 'kind-suspended', body }]);
    }
  });
  for (const kind of kinds) log.alarm('kind-suspended', { lgCode: town.lgCode, kind });
}
