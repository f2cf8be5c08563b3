/** Why a PDF was not read at all. Which code of the wire it becomes is for the server to say that asked. */
export const pdfRefusalReasons = {
  'too-large': 'More bytes than a certificate has.',
  'not-a-pdf': 'Not a PDF, or one that cannot be parsed.',
  'too-many-pages': 'More pages than a certificate has, or none.',
  'page-geometry': 'A page of a strange size, turned, or cropped.',
  encrypted: 'Encrypted; nobody needs a password to read a certificate.',
  'active-content': 'JavaScript, embedded files, forms, annotations or layers: it could look different elsewhere.',
  'too-complex': 'Streams that inflate beyond the budget, or that use an unusual filter.',
  'too-slow': 'Reading took too long; the reader was stopped.',
  crashed: 'The reader broke while reading.',
} as const;
export type PdfRefusalReason = keyof typeof pdfRefusalReasons;

export class PdfRefusal extends Error {
  override readonly name = 'PdfRefusal';
  readonly reason: PdfRefusalReason;

  constructor(reason: PdfRefusalReason, options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
  }
}
