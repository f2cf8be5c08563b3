/** Reads what a card signed and whose cert it is, without asking anybody: at login, and again at the order for the cert's reference. */
import { type Anchor, type CardSignature, type CertKey, checkCardSignature } from '@machikado/pki';
import { type ProofBundle, refuse } from '@machikado/protocol';
import type { Center } from './ports.ts';

export interface CheckedCard {
  readonly certKey: CertKey;
  readonly anchor: Anchor;
}

export function checkCard(center: Center, signed: CardSignature): CheckedCard {
  const verdict = readCard(center, signed);
  return verdict.kind === 'valid' ? verdict : refuse(verdict.code, verdict.detail);
}

/** Whose cert a proven session is about. A cert that ran out since the login is no proof any more. */
export function certKeyOf(center: Center, proof: ProofBundle): CertKey {
  const verdict = readCard(center, proof);
  return verdict.kind === 'valid' ? verdict.certKey : refuse('PROOF_REFUSED', verdict.detail);
}

function readCard(center: Center, signed: CardSignature) {
  const { anchors, profile } = center.settings().jpki;
  return checkCardSignature(signed, { anchors, profile, now: center.machineClock.now() });
}
