/**
 * The OCSP responder (RFC 6960): bytes of a question in, bytes of an answer out. A question with a nonce gets an answer signed
 * for it alone; without one, answers are signed once and handed to everybody for a minute (RFC 5019).
 */
import { KeyObject } from 'node:crypto';
import {
  errorOcspResponse,
  isUnderAnchor,
  MalformedInput,
  type OcspCertId,
  type OcspRequest,
  parseOcspRequest,
  type RevocationStatus,
  signOcspResponse,
} from '@machikado/pki';
import type { CaGeneration, SignerKind } from './hierarchy.ts';
import type { TestJpki } from './test-jpki.ts';

export interface ResponderSettings {
  readonly signer: SignerKind;
  readonly now: () => Date;
}

export type OcspResponder = (question: Uint8Array) => Uint8Array;

interface PresignedAnswer {
  readonly ca: CaGeneration;
  readonly certId: OcspCertId;
  readonly status: RevocationStatus;
  readonly bytes: Uint8Array;
  readonly until: number;
}

const PRESIGNED_MS = 60_000;
/** The same cert can be asked about in endlessly many spellings. */
const PRESIGNED_MAX = 10_000;
const NEXT_UPDATE_MS = 600_000;

export function createOcspResponder(jpki: TestJpki, { signer, now }: ResponderSettings): OcspResponder {
  /** By the octets of the question, so that one asked again is not even read. */
  const presigned = new Map<string, PresignedAnswer>();
  const privateKeys = new Map(jpki.generations.map((ca) => [ca, KeyObject.from(ca.signers[signer].key)]));

  function answer(question: Uint8Array): Uint8Array {
    const name = latin1(question);
    const known = presigned.get(name);
    if (known && known.status === status(known.ca, known.certId) && now().getTime() < known.until) return known.bytes;
    const request = parseOcspRequest(question);
    const [first] = request.certIds;
    const ca = first && jpki.generations.find(({ anchor }) => isUnderAnchor(first, anchor));
    // A delegated signer speaks for one CA only; RFC 5019 section 2.2.3 calls everything else unauthorized.
    if (!ca || !request.certIds.every((id) => isUnderAnchor(id, ca.anchor))) return errorOcspResponse('unauthorized');
    return request.nonce || request.certIds.length > 1 ? sign(ca, request) : presignedAnswer(name, ca, first);
  }

  function sign(ca: CaGeneration, { certIds, nonce }: OcspRequest): Uint8Array {
    const producedAt = now();
    const nextUpdate = new Date(producedAt.getTime() + NEXT_UPDATE_MS);
    return signOcspResponse({
      responses: certIds.map((certId) => ({ certId, ...status(ca, certId), thisUpdate: producedAt, nextUpdate })),
      producedAt,
      ...(nonce && { nonce }),
      signer: { cert: ca.signers[signer].cert, privateKey: privateKeys.get(ca) as KeyObject },
    });
  }

  function presignedAnswer(name: string, ca: CaGeneration, certId: OcspCertId): Uint8Array {
    const current = status(ca, certId);
    const bytes = sign(ca, { certIds: [certId] });
    if (presigned.size >= PRESIGNED_MAX) presigned.clear();
    // Serials that were never issued are endless, so nothing is kept for them.
    if (current.status !== 'unknown')
      presigned.set(name, { ca, certId, status: current, bytes, until: now().getTime() + PRESIGNED_MS });
    return bytes;
  }

  function status({ anchor }: CaGeneration, { serial }: OcspCertId): RevocationStatus {
    return jpki.statusOf({ anchorFingerprint: anchor.fingerprint, serial });
  }

  return (question) => {
    try {
      return answer(question);
    } catch (error) {
      return errorOcspResponse(error instanceof MalformedInput ? 'malformedRequest' : 'internalError');
    }
  };
}

const latin1 = ({ buffer, byteOffset, length }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, length).toString('latin1');
