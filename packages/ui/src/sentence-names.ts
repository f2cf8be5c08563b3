/** Which sentence belongs to which code: each catalogue has its words under this name. */
import type { ErrorCode } from '@machikado/protocol';
import type { KioskFaultCode } from './kiosk-faults.ts';

type Code = ErrorCode | KioskFaultCode;

/** Codes that have no words of their own. */
const shared = {
  MALFORMED_REQUEST: 'out-of-order',
  UNSUPPORTED_MEDIA_TYPE: 'out-of-order',
  BODY_TOO_LARGE: 'out-of-order',
  NO_SUCH_ENDPOINT: 'out-of-order',
  IDEMPOTENCY_CONFLICT: 'out-of-order',
  DEADLINE_PASSED: 'out-of-order',
  INTERNAL: 'out-of-order',
  SESSION_UNKNOWN: 'start-again',
  SESSION_EXPIRED: 'start-again',
  CHALLENGE_USED: 'start-again',
  MUNICIPALITY_UNAVAILABLE: 'municipality-busy',
  MUNICIPALITY_SUSPENDED: 'municipality-busy',
  BUILD_NOT_APPROVED: 'municipality-busy',
  USE_COUNTER: 'use-counter',
  ORDER_UNKNOWN: 'out-of-order',
  ORDER_DEAD: 'start-again',
  ORDER_ALREADY_PAID: 'out-of-order',
  ORDER_NOT_PAID: 'out-of-order',
  OUTCOME_UNBALANCED: 'out-of-order',
  REGISTRY_UNAVAILABLE: 'municipality-busy',
  INSPECTION_FAILED: 'municipality-busy',
  BINDING_MISMATCH: 'municipality-busy',
  TREATMENT_REFUSED: 'use-counter',
  STATEMENT_REFUSED: 'out-of-order',
} as const satisfies Partial<Record<Code, string>>;

type Shared = typeof shared;
export type Sentence = Shared[keyof Shared] | Exclude<Code, keyof Shared>;

export const sentenceNameOf = (code: string): string => shared[code as keyof Shared] ?? code;
