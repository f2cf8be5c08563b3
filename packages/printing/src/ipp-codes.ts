/** Operations and status codes (RFC 8011 §5.4.15, appendix B; RFC 3995, 3996). */
export const operations = {
  'Print-Job': 0x0002,
  'Validate-Job': 0x0004,
  'Create-Job': 0x0005,
  'Send-Document': 0x0006,
  'Cancel-Job': 0x0008,
  'Get-Job-Attributes': 0x0009,
  'Get-Jobs': 0x000a,
  'Get-Printer-Attributes': 0x000b,
  'Create-Printer-Subscriptions': 0x0016,
  'Get-Notifications': 0x001c,
} as const;
export type Operation = keyof typeof operations;

export const statuses = {
  'successful-ok': 0x0000,
  'successful-ok-ignored-or-substituted-attributes': 0x0001,
  'successful-ok-conflicting-attributes': 0x0002,
  'client-error-bad-request': 0x0400,
  'client-error-forbidden': 0x0401,
  'client-error-not-authenticated': 0x0402,
  'client-error-not-authorized': 0x0403,
  'client-error-not-possible': 0x0404,
  'client-error-timeout': 0x0405,
  'client-error-not-found': 0x0406,
  'client-error-gone': 0x0407,
  'client-error-request-entity-too-large': 0x0408,
  'client-error-request-value-too-long': 0x0409,
  'client-error-document-format-not-supported': 0x040a,
  'client-error-attributes-or-values-not-supported': 0x040b,
  'client-error-uri-scheme-not-supported': 0x040c,
  'client-error-charset-not-supported': 0x040d,
  'client-error-conflicting-attributes': 0x040e,
  'client-error-compression-not-supported': 0x040f,
  'client-error-compression-error': 0x0410,
  'client-error-document-format-error': 0x0411,
  'client-error-document-access-error': 0x0412,
  'server-error-internal-error': 0x0500,
  'server-error-operation-not-supported': 0x0501,
  'server-error-service-unavailable': 0x0502,
  'server-error-version-not-supported': 0x0503,
  'server-error-device-error': 0x0504,
  'server-error-temporary-error': 0x0505,
  'server-error-not-accepting-jobs': 0x0506,
  'server-error-busy': 0x0507,
  'server-error-job-canceled': 0x0508,
  'server-error-multiple-document-jobs-not-supported': 0x0509,
  'server-error-printer-is-deactivated': 0x050a,
} as const;
export type Status = keyof typeof statuses;

const statusNames = new Map(Object.entries(statuses).map(([name, code]) => [code as number, name as Status]));

/** A code of later standards or a vendor counts as the general one of its hundred. */
export function statusOf(code: number): Status {
  const known = statusNames.get(code);
  if (known) return known;
  if (code < 0x0100) return 'successful-ok';
  return code >= 0x0400 && code < 0x0500 ? 'client-error-bad-request' : 'server-error-internal-error';
}

export function isSuccessful(status: Status): boolean {
  return statuses[status] < 0x0100;
}

export const IPP_MEDIA_TYPE = 'application/ipp';
