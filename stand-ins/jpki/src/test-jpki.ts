/**
 * 公的個人認証サービス, played: issues cards, renews them under new serials, revokes and holds. Everything it knows is its hierarchy and
 * its register; both can be handed in again after a restart.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { type CardFile, createCardFile, type NewCardKey } from '@machikado/card';
import type { CertKey, RevocationStatus } from '@machikado/pki';
import type { CardOrder } from './card-order.ts';
import { makeResidentCert } from './certs.ts';
import { type CaGeneration, makeHierarchy } from './hierarchy.ts';
import { type KeyKind, makeKeyPair, toPem } from './key-pairs.ts';
import type { Purpose, RevocationReason } from './profile.ts';
import { Register, type RegisterFact } from './register.ts';
import { cardDate, nthBirthday } from './validity.ts';

export interface IssuedCard {
  readonly file: CardFile;
  readonly auth: CertKey;
  readonly sign: CertKey | null;
}

export interface TestJpki {
  readonly generations: readonly CaGeneration[];
  /** DER of the roots of a purpose, oldest first: what a verifier pins. */
  anchors(purpose: Purpose): Uint8Array[];
  issueCard(order: CardOrder): Promise<IssuedCard>;
  /** 更新: a new card first, then the old certs are superseded. */
  renewCard(certs: readonly CertKey[], order: CardOrder): Promise<IssuedCard>;
  revoke(cert: CertKey, reason: RevocationReason): void;
  statusOf(cert: CertKey): RevocationStatus;
}

export interface TestJpkiParts {
  readonly now: () => Date;
  readonly generations?: readonly CaGeneration[];
  readonly facts?: Iterable<RegisterFact>;
  readonly keepFact?: (fact: RegisterFact) => void;
}

const CERT_BIRTHDAYS = 5;
const CARD_BIRTHDAYS = 10;
const keyKindOf: Readonly<Record<NonNullable<CardOrder['algorithm']>, KeyKind>> = {
  'rsa-pkcs1-sha256': 'rsa-2048',
  'ecdsa-p384-sha384': 'p-384',
};

export async function createTestJpki(parts: TestJpkiParts): Promise<TestJpki> {
  const { now } = parts;
  const generations = parts.generations ?? (await makeHierarchy(now()));
  const register = new Register(parts.facts ?? [], parts.keepFact ?? (() => undefined));

  async function issueCard(order: CardOrder): Promise<IssuedCard> {
    const { medium = 'card', chip = 'sound', issuedBy, birthday, pin = '1234', signPin = 'ABC123' } = order;
    const issuedAt = order.issuedAt ? new Date(order.issuedAt) : now();
    const [auth, sign] = await Promise.all([
      issueCert('auth', order, issuedAt, pin),
      order.withoutSignatureCert ? null : issueCert('signature', order, issuedAt, signPin),
    ]);
    const validUntil = cardDate(nthBirthday(birthday, CARD_BIRTHDAYS, issuedAt));
    const file = createCardFile({ medium, chip, issuedBy, validUntil, auth: auth.key, sign: sign?.key ?? null });
    return { file, auth: auth.name, sign: sign?.name ?? null };
  }

  async function issueCert(purpose: Purpose, order: CardOrder, issuedAt: Date, pin: string | null) {
    const ca = findGeneration(purpose, order.generation ?? 3);
    const keys = await makeKeyPair(keyKindOf[order.algorithm ?? 'rsa-pkcs1-sha256']);
    const name = freshName(ca);
    const cert = await makeResidentCert(ca, name.serial, issueNumber(order.issuedBy), keys.publicKey, {
      notBefore: issuedAt,
      notAfter: lastInstant(order, issuedAt, ca),
    });
    register.recordIssue(name, now());
    const key: NewCardKey = { cert, caCert: ca.cert, key: await toPem(keys.privateKey), pin };
    return { name, key };
  }

  function findGeneration(purpose: Purpose, generation: number): CaGeneration {
    const found = generations.find((ca) => ca.purpose === purpose && ca.generation === generation);
    if (!found) throw new Error(`no generation ${generation} for ${purpose}`);
    return found;
  }

  function freshName({ anchor }: CaGeneration): CertKey {
    for (;;) {
      const serial = randomInt(0x01000000, 0x7fffffff).toString(16).padStart(8, '0');
      const name = { anchorFingerprint: anchor.fingerprint, serial };
      if (register.statusOf(name).status === 'unknown') return name;
    }
  }

  function revoke(cert: CertKey, reason: RevocationReason): void {
    register.recordRevocation(cert, reason, now());
  }

  return {
    generations,
    anchors: (purpose) => generations.filter((ca) => ca.purpose === purpose).map((ca) => ca.cert),
    issueCard,
    renewCard: async (certs, order) => {
      const card = await issueCard(order);
      for (const cert of certs) revoke(cert, 'superseded');
      return card;
    },
    revoke,
    statusOf: (cert) => register.statusOf(cert),
  };
}

/** A cert never outlives its CA. */
function lastInstant(order: CardOrder, issuedAt: Date, { anchor }: CaGeneration): Date {
  const wanted = order.notAfter ? new Date(order.notAfter) : nthBirthday(order.birthday, CERT_BIRTHDAYS, issuedAt);
  return wanted < anchor.notAfter ? wanted : anchor.notAfter;
}

function issueNumber(issuedBy: string): string {
  return `${randomBytes(7).toString('hex').toUpperCase()}${issuedBy}${String(randomInt(1000)).padStart(3, '0')}A`;
}
