/**
 * A sound document that cannot be treated: more ink on a page than its back can hold, or colours that no engine prints as they are. That is the
 * form’s fault, and nothing was mixed up: staff are told, and the kind goes on for everybody else.
 */
import { TreatmentRefusal } from '@machikado/antiforgery';
import { refuse } from '@machikado/protocol';
import type { Order } from '../model.ts';
import type { Center } from '../ports.ts';

/** Whatever else ended the treatment ends the order as what it is. */
export function refuseUntreated(center: Center, { lgCode, orderId, kind }: Order, error: unknown): never {
  if (!(error instanceof TreatmentRefusal) || error.code === 'CRASHED') throw error;
  if (error.code === 'TOO_SLOW') refuse('DEADLINE_PASSED', 'treatment took too long', { cause: error });
  center.log.alarm('treatment-refused', { lgCode, orderId, kind, reason: error.code });
  return refuse('TREATMENT_REFUSED', error.code, { cause: error });
}
