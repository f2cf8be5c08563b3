/** What keeps bytes from being an IPP message (RFC 8010). The code says what; the text never repeats what the bytes said. */
export const ippFormatFaults = [
  'truncated',
  'no-end-of-attributes',
  'unknown-group',
  'duplicate-group',
  'attribute-outside-group',
  'duplicate-attribute',
  'value-without-attribute',
  'unknown-value-tag',
  'bad-length',
  'bad-text',
  'bad-value',
  'bad-collection',
  'too-deep',
  'wrong-syntax',
] as const;
export type IppFormatFault = (typeof ippFormatFaults)[number];

export class IppFormatError extends Error {
  override readonly name = 'IppFormatError';
  readonly code: IppFormatFault;

  constructor(code: IppFormatFault, where?: string) {
    super(where === undefined ? code : `${code}: ${where}`);
    this.code = code;
  }
}
