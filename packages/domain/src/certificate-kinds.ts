/** 証明書の種別: what each kind is called. The keys are the kinds of the wire. */
export interface CertificateTitle {
  readonly ja: string;
  readonly en: string;
}

export const certificateTitles = {
  'resident-record': { ja: '住民票の写し', en: 'Copy of resident record' },
} as const satisfies Record<string, CertificateTitle>;
