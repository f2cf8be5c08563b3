/**
 * The JPKI profile as far as it is publicly known (the specification itself goes to registered verifiers only): DNs, policy OIDs
 * and key usages of the 公的個人認証サービス. O is JPKI-TEST, as on real test cards, so that nothing made here can be taken for real.
 */
export type Purpose = 'auth' | 'signature';

interface PurposeProfile {
  readonly unit: string;
  readonly policyOid: string;
  /** 署名用 is also meant for signatures one cannot deny later. */
  readonly nonRepudiation: boolean;
}

export const purposes: Readonly<Record<Purpose, PurposeProfile>> = {
  auth: { unit: 'JPKI for user authentication', policyOid: '1.2.392.200149.8.5.1.3.30', nonRepudiation: false },
  signature: { unit: 'JPKI for digital signature', policyOid: '1.2.392.200149.8.5.1.0.20', nonRepudiation: true },
};

/** Three generations of the CA carry this one DN. */
export function caName(purpose: Purpose) {
  return [
    { C: ['JP'] },
    { O: ['JPKI-TEST'] },
    { OU: [purposes[purpose].unit] },
    { OU: ['Japan Agency for Local Authority Information Systems'] },
  ];
}

export const SERVICE_NAME = [{ C: ['JP'] }, { O: ['公的個人認証サービス'] }];

/** Opaque: an issue number that ends in the issuing municipality’s code, a number and a letter. No name, no address. */
export function subjectName(issueNumber: string) {
  return [{ C: ['JP'] }, { CN: [issueNumber] }];
}

/** RFC 5280 section 5.3.1, the reasons that occur. A hold (一時停止) is never lifted: the holder gets a new cert. */
export const revocationReasons = {
  keyCompromise: 1,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
} as const;
export type RevocationReason = keyof typeof revocationReasons;
