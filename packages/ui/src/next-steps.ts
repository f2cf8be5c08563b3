/** What a resident can do after a refusal, by code: a row is missing only where trying later is all there is. */
import type { ErrorCode } from '@machikado/protocol';
import type { KioskFaultCode } from './kiosk-faults.ts';

export type NextStep = 'again' | 'later' | 'counter' | 'issuing-counter' | 'registration' | 'staff' | 'lay-again';

/** 利用できないカードの四つの原因, and a card of another kind: the machine says which one it is. */
export const cardCauses = [
  'CARD_EXPIRED',
  'CARD_LOCKED',
  'CARD_NOT_RENEWED',
  'CARD_DAMAGED',
  'CARD_FOREIGN',
] as const satisfies readonly KioskFaultCode[];

const nextSteps: Partial<Readonly<Record<ErrorCode | KioskFaultCode | 'CANCELLED', NextStep>>> = {
  CANCELLED: 'again',
  DEADLINE_PASSED: 'later',
  SESSION_UNKNOWN: 'again',
  SESSION_EXPIRED: 'again',
  CHALLENGE_USED: 'again',
  PROOF_REFUSED: 'again',
  ORDER_DEAD: 'again',
  FEE_CHANGED: 'again',
  RECORD_CHANGED: 'again',
  PAYMENT_SHORT: 'again',
  PIN_WRONG: 'again',
  CARD_REMOVED: 'again',
  CARD_FOREIGN: 'again',
  CARDS_SEVERAL: 'again',
  USER_CERT_EXPIRED: 'counter',
  USER_CERT_REVOKED: 'counter',
  USER_CERT_UNKNOWN: 'counter',
  USE_COUNTER: 'issuing-counter',
  TREATMENT_REFUSED: 'issuing-counter',
  KIND_NOT_OFFERED: 'issuing-counter',
  CARD_EXPIRED: 'counter',
  CARD_LOCKED: 'counter',
  CARD_NOT_RENEWED: 'counter',
  CARD_DAMAGED: 'lay-again',
  NOT_REGISTERED: 'registration',
  MUNICIPALITY_NOT_PARTICIPATING: 'registration',
  PEER_NOT_ALLOWED: 'staff',
  KIOSK_NOT_READY: 'staff',
  COIN_UNIT_FAULT: 'staff',
  PRINTER_FAULT: 'staff',
};

export function nextStepAfter(code: string): NextStep {
  return nextSteps[code as keyof typeof nextSteps] ?? 'later';
}
