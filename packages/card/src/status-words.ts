/** The status words (SW1 SW2, ISO/IEC 7816-4 clause 5.6) that the JPKI application of the card is known to answer with. */
export const statusWords = {
  ok: 0x9000,
  endOfFile: 0x6282,
  wrongLength: 0x6700,
  secureMessagingNotSupported: 0x6882,
  chainingNotSupported: 0x6884,
  notAFileOfThisType: 0x6981,
  securityStatusNotSatisfied: 0x6982,
  /** What ISO says of a blocked PIN; some media answer it. */
  authenticationBlocked: 0x6983,
  /** What the My Number Card says of a blocked PIN (IEF 閉塞). */
  referenceDataBlocked: 0x6984,
  conditionsNotSatisfied: 0x6985,
  noCurrentFile: 0x6986,
  wrongData: 0x6a80,
  fileNotFound: 0x6a82,
  wrongParameters: 0x6a86,
  referencedDataNotFound: 0x6a88,
  offsetOutsideFile: 0x6b00,
  instructionNotSupported: 0x6d00,
  classNotSupported: 0x6e00,
} as const;

/** 63Cx: x tries are left. The attempt that spends the last one is answered with 63C0. */
export const triesLeftWord = (tries: number): number => 0x63c0 | Math.min(tries, 15);

export function triesLeftIn(word: number): number | undefined {
  return (word & 0xfff0) === 0x63c0 ? word & 0x0f : undefined;
}

/** A locked PIN: the card of today answers 6984, ISO and some phones 6983. */
export function saysLocked(word: number): boolean {
  return word === statusWords.referenceDataBlocked || word === statusWords.authenticationBlocked;
}
