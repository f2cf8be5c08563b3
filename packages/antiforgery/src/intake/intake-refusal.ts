/** Why a stranger’s PDF is not taken in. What exactly was found is for the log of whoever asks: it never quotes the document. */
export const intakeRefusals = {
  NOT_A_PDF: 'No PDF at all.',
  ENCRYPTED: 'Encrypted; nobody needs a password to read a certificate.',
  ACTIVE_CONTENT:
    'Scripts, actions, forms, annotations, layers or embedded files: it could act, or look different elsewhere.',
  TOO_LARGE: 'More bytes or pages than a certificate has, or pages larger than A3.',
  TOO_COMPLEX: 'More objects, nesting, inflated bytes or drawing than a certificate needs.',
  BROKEN: 'Damaged or ambiguous: two programs could read it differently.',
  UNSUPPORTED: 'Sound as far as it was read, but it uses something that is not taken over.',
} as const;
export type IntakeRefusalCode = keyof typeof intakeRefusals;

export class IntakeRefusal extends Error {
  override readonly name = 'IntakeRefusal';
  readonly code: IntakeRefusalCode;
  /** In the words of the file format. */
  readonly detail: string;

  constructor(code: IntakeRefusalCode, detail: string, options?: ErrorOptions) {
    super(`${code}: ${detail}`, options);
    this.code = code;
    this.detail = detail;
  }
}
