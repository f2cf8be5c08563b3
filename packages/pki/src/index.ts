export { type Anchor, type AnchorSet, parseAnchor, parseAnchors } from './anchors.ts';
export { fromBase64, fromHex, toBase64, toHex } from './bytes.ts';
export { canonicalJson, type Json } from './canonical-json.ts';
export {
  type CardSignature,
  type CardVerdict,
  CHALLENGE_LIFE_MS,
  CLOCK_SKEW_MS,
  checkCardSignature,
  checkProof,
  ocspNonceFor,
  PROOF_LIFE_MS,
  type ProofCheck,
  type ProofVerdict,
} from './card-proof.ts';
export { decodeLoginMessage, encodeLoginMessage, type LoginMessage } from './login-message.ts';
export { MalformedInput } from './malformed-input.ts';
export { certIdOf, isUnderAnchor, type OcspCertId, type OcspHash } from './ocsp-cert-id.ts';
export { OcspError, type OcspFlaw } from './ocsp-error.ts';
export { buildOcspRequest, type OcspRequest, parseOcspRequest } from './ocsp-request.ts';
export {
  errorOcspResponse,
  type OcspErrorStatus,
  type RevocationStatus,
  type SingleResponse,
  signOcspResponse,
} from './ocsp-response.ts';
export { type OcspExpectation, verifyOcspResponse } from './ocsp-verification.ts';
export { type PeerRow, PeerTable } from './peer-table.ts';
export { type CertKey, certRef, digestOf, nameRef, proofDigest, subjectRef } from './references.ts';
export { checkRevocation, type RevocationPorts, type RevocationQuestion } from './revocation-check.ts';
export { type CopyName, openCopy, type SealedBytes, sealCopy } from './seal.ts';
export { selectionDigest } from './selection-digest.ts';
export {
  cancellationEntry,
  generateSigningKey,
  kidOf,
  readBindingRecord,
  readCancellationList,
  readSealManifest,
  readVerificationReport,
  type SigningKey,
  type StatementKeys,
  type StatementType,
  signStatement,
} from './statements.ts';
export { type CertCheck, type CertProfile, type CertVerdict, checkUserAuthCert } from './user-auth-cert.ts';
export { spkiPin } from './x509.ts';
