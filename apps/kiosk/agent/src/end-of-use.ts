/** How a use ended, in the words of the code tables. */
import { type CancelOrder, type ErrorCode, ProtocolError } from '@machikado/protocol';
import { type KioskFaultCode, kioskFaults } from '@machikado/ui';
import { Cancelled, KioskFault } from './kiosk-fault.ts';
import { LostReply } from './ports.ts';

export type EndCode = ErrorCode | KioskFaultCode | 'CANCELLED';

export function codeOf(error: unknown): EndCode {
  if (error instanceof ProtocolError || error instanceof KioskFault) return error.code;
  if (error instanceof Cancelled) return 'CANCELLED';
  return error instanceof LostReply ? 'CENTER_UNREACHABLE' : 'INTERNAL';
}

/** What the center is told when the order is given up because of this. */
export function cancelReasonOf(error: unknown): CancelOrder['reason'] {
  if (error instanceof Cancelled) return error.by;
  if (error instanceof KioskFault) return kioskFaults[error.code].cancelReason;
  if (error instanceof ProtocolError && error.code === 'BINDING_MISMATCH') return 'check-failed';
  return error instanceof ProtocolError || error instanceof LostReply ? 'timeout' : 'device';
}
