/**
 * 失効情報ファイル in small: which serials were issued under which root, and which of them are revoked since when and why. It grows by
 * facts; what the responder says follows from them. What was never issued is *unknown*, never good.
 */
import type { CertKey, RevocationStatus } from '@machikado/pki';
import { type RevocationReason, revocationReasons } from './profile.ts';

export type RegisterFact =
  | { readonly fact: 'issued'; readonly cert: CertKey; readonly at: string }
  | { readonly fact: 'revoked'; readonly cert: CertKey; readonly at: string; readonly reason: RevocationReason };

export class UnknownCert extends Error {
  override readonly name = 'UnknownCert';
}

const GOOD: RevocationStatus = { status: 'good' };
const UNKNOWN: RevocationStatus = { status: 'unknown' };
const keyOf = ({ anchorFingerprint, serial }: CertKey) => `${anchorFingerprint}:${serial}`;

export class Register {
  readonly #statuses = new Map<string, RevocationStatus>();
  readonly #keep: (fact: RegisterFact) => void;

  /** `keep` stores a new fact for good before it counts. */
  constructor(facts: Iterable<RegisterFact>, keep: (fact: RegisterFact) => void) {
    this.#keep = keep;
    for (const fact of facts) this.#apply(fact);
  }

  /** The same object as long as nothing changed. */
  statusOf(cert: CertKey): RevocationStatus {
    return this.#statuses.get(keyOf(cert)) ?? UNKNOWN;
  }

  recordIssue(cert: CertKey, at: Date): void {
    this.#add({ fact: 'issued', cert, at: at.toISOString() });
  }

  /** Revoking again changes nothing, except that a hold can become final. */
  recordRevocation(cert: CertKey, reason: RevocationReason, at: Date): void {
    const now = this.statusOf(cert);
    if (now.status === 'unknown') throw new UnknownCert('this CA has not issued such a cert');
    const final = now.status === 'revoked' && now.reason !== revocationReasons.certificateHold;
    if (!final) this.#add({ fact: 'revoked', cert, at: at.toISOString(), reason });
  }

  #add(fact: RegisterFact): void {
    this.#keep(fact);
    this.#apply(fact);
  }

  #apply(fact: RegisterFact): void {
    this.#statuses.set(
      keyOf(fact.cert),
      fact.fact === 'issued'
        ? GOOD
        : { status: 'revoked', at: new Date(fact.at), reason: revocationReasons[fact.reason] },
    );
  }
}
