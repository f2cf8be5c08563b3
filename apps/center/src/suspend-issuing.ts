/**
 * 取扱停止: after a mismatch a municipality's kind stays suspended until staff have looked; "the retry worked" closes nothing.
 * Only what an issuing server answers can lead here, never anything that a kiosk sends.
 */
import type { CertificateKind } from '@machikado/protocol';
import type { Order, Suspension } from './model.ts';
import { aboutOrder } from './moves.ts';
import type { Center } from './ports.ts';
import type { Tables } from './store.ts';

/** Asked again before anything is sealed or paid, so that a suspension also stops what is under way. */
export async function isSuspended(tables: Tables, { lgCode, kind }: Suspension): Promise<boolean> {
  return (await tables.suspensions.active(lgCode)).some((suspension) => suspension.kind === kind);
}

/** `faults` name what differed, never its value. */
export async function suspendAfterMismatch(center: Center, order: Order, faults: readonly string[]): Promise<void> {
  const reason = faults.join(' ');
  await center.store.transaction(async (tables) => {
    const at = center.machineClock.now();
    await tables.audit.record('binding-mismatched', at, { ...aboutOrder(order), reason });
    if (await tables.suspensions.suspend(order, order.orderId, reason, at))
      await tables.audit.record('issuing-suspended', at, { ...aboutOrder(order), reason });
  });
  center.log.alarm('issuing-suspended', { lgCode: order.lgCode, orderId: order.orderId, kind: order.kind });
}

/** An answer before there is an order cannot be laid at one kind, so it suspends them all. */
export async function suspendAll(
  center: Center,
  about: { readonly lgCode: string; readonly sessionId: string },
  kinds: readonly CertificateKind[],
  reason: string,
): Promise<void> {
  await center.store.transaction(async (tables) => {
    const at = center.machineClock.now();
    await tables.audit.record('binding-mismatched', at, { ...about, reason });
    for (const kind of kinds)
      if (await tables.suspensions.suspend({ lgCode: about.lgCode, kind }, null, reason, at))
        await tables.audit.record('issuing-suspended', at, { ...about, kind, reason });
  });
  center.log.alarm('issuing-suspended', { lgCode: about.lgCode });
}
