/**
 * 問い合わせサイト: what it answers to a receiver (提出先) who sends the scanned back of a sheet, every way it can refuse, and the signed report for
 * the receiver’s file. The picture goes out once, in the answer; the report holds digests only.
 */
import { type Static, type TProperties, Type } from 'typebox';
import { Base64, Instant, IssueNumber, Jws, LgCode, OrderReference, Sha256 } from './identifiers.ts';

/** One row per refusal. Sentences for people are chosen by code, in seven languages. */
export const siteErrors = {
  NO_PICTURE: { http: 400, meaning: 'The upload holds no file.' },
  TOO_MANY_PICTURES: { http: 400, meaning: 'More files or pages than one sheet and a second photo of it have.' },
  MALFORMED_UPLOAD: { http: 400, meaning: 'Not multipart/form-data, an unknown field, or corners that are none.' },
  TOO_LARGE: { http: 413, meaning: 'More bytes than the site takes.' },
  TOO_MANY_PIXELS: { http: 413, meaning: 'More pixels than the site takes.' },
  TYPE_NOT_SUPPORTED: { http: 415, meaning: 'Neither JPEG, PNG, TIFF, WebP nor PDF.' },
  HEIC_NOT_SUPPORTED: { http: 415, meaning: 'HEIC (HEVC) cannot be read here; JPEG can.' },
  FILE_BROKEN: { http: 422, meaning: 'A file that begins like a picture but cannot be read as one.' },
  FILE_ENCRYPTED: { http: 422, meaning: 'A PDF with a password.' },
  SEVERAL_SHEETS: { http: 422, meaning: 'Backs of different sheets in one upload.' },
  NOT_FOUND: { http: 422, meaning: 'No picture shows the pattern of a back (スクランブル画像).' },
  TOO_DAMAGED: { http: 422, meaning: 'The pattern is there, but too little of it can be read.' },
  UNKNOWN_VERSION: { http: 422, meaning: 'A version of the format that this site does not know.' },
  UNKNOWN_KEY: { http: 422, meaning: 'Sealed with a key that this site does not have.' },
  SIGNATURE_INVALID: { http: 422, meaning: 'The center’s signature over the header does not hold.' },
  DIGEST_MISMATCH: { http: 422, meaning: 'The sealed picture is not the one that was signed.' },
  PICTURE_BROKEN: { http: 422, meaning: 'What was signed does not decode to a picture.' },
  TOO_SLOW: { http: 422, meaning: 'The work was ended at its time limit.' },
  BUSY: { http: 503, meaning: 'All places are taken.' },
  TOO_MANY_REQUESTS: { http: 429, meaning: 'Too many checks from one address.' },
  NO_SUCH_PAGE: { http: 404, meaning: 'No such address.' },
  INTERNAL: { http: 500, meaning: 'A fault of the site.' },
} as const satisfies Record<string, { readonly http: number; readonly meaning: string }>;
export type SiteErrorCode = keyof typeof siteErrors;
export const isSiteError = (code: string): code is SiteErrorCode => Object.hasOwn(siteErrors, code);

const Message = <P extends TProperties>(properties: P, description: string) =>
  Type.Object(properties, { additionalProperties: false, description });
const OneOf = <const T extends readonly string[]>(values: T, description: string) =>
  Type.Enum<[...T]>([...values], { description });
const Small = (description: string) => Type.Integer({ minimum: 0, maximum: 100_000, description });

export const SiteRefusal = Message(
  {
    error: Message(
      {
        code: OneOf(Object.keys(siteErrors) as SiteErrorCode[], 'A row of the table.'),
        cornersFound: Type.Optional(
          Type.Integer({ minimum: 0, maximum: 4, description: 'When the corners of the pattern were looked for.' }),
        ),
      },
      'Sentences for people are chosen by code.',
    ),
  },
  'Why there is no answer, and nothing else.',
);
export type SiteRefusal = Static<typeof SiteRefusal>;

const verdicts = ['same', 'differs', 'cannot-tell'] as const;
const cancellationStates = ['cancelled', 'not-cancelled', 'unknown'] as const;
export type ComparisonVerdict = (typeof verdicts)[number];

const SealedFacts = Message(
  {
    lgCode: LgCode,
    issueNumber: IssueNumber,
    orderReference: OrderReference,
    sheet: Type.Integer({ minimum: 1, maximum: 255 }),
    of: Type.Integer({ minimum: 1, maximum: 255 }),
    issuedAt: Instant,
  },
  'What the signed header of the back says.',
);
const CancellationFinding = Message(
  {
    state: OneOf(
      cancellationStates,
      'unknown: no list, or one too old, or not long enough, to say that a number is not cancelled.',
    ),
    version: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
    listIssuedAt: Type.Optional(Instant),
  },
  'Whether the issue number is on the center’s list, and of when the list is.',
);

export const VerificationReport = Message(
  {
    v: Type.Literal(1),
    checkedAt: Instant,
    facts: SealedFacts,
    signature: Type.Literal('valid', {
      description: 'Of the center, over the header; with any other there is no picture.',
    }),
    keys: Message(
      {
        encryption: Type.Integer({ minimum: 0, maximum: 65_535 }),
        signing: Type.Integer({ minimum: 0, maximum: 65_535 }),
      },
      'Key ids in the header.',
    ),
    cancellation: CancellationFinding,
    verdict: OneOf([...verdicts, 'not-compared'], 'The front that was given, against the sealed picture.'),
    comparedPercent: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
    differences: Type.Optional(Small('Places that differ.')),
    files: Type.Array(
      Message(
        { sha256: Sha256, bytes: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }) },
        'One file as it was sent.',
      ),
      { minItems: 1, maxItems: 8 },
    ),
    picture: Message(
      { sha256: Sha256, width: Small('Pixels.'), height: Small('Pixels.'), dpi: Small('Dots per inch.') },
      'The sealed picture: digest of it as PBM (P4).',
    ),
  },
  '確認結果の記録: what the site found, for the receiver’s file. Never the picture.',
);

export type SealedFacts = Static<typeof SealedFacts>;
export type CancellationFinding = Static<typeof CancellationFinding>;
export type VerificationReport = Static<typeof VerificationReport>;

const Millimetres = Type.Number({ minimum: 0, maximum: 1_000, description: 'From the top left corner.' });
const Difference = Message(
  {
    ...{ xMm: Millimetres, yMm: Millimetres, wMm: Millimetres, hMm: Millimetres },
    kind: OneOf(['added', 'missing'], 'Ink that the sealed picture does not have, or ink of it that the front lacks.'),
  },
  'A place on the page that differs.',
);
const picture = {
  type: OneOf(['image/png', 'image/jpeg'], 'Of the file.'),
  base64: Base64(16 * 1024 * 1024, 'The file.'),
  ...{ width: Small('Pixels.'), height: Small('Pixels.') },
};
const ShownPicture = Message(picture, 'A picture as a file that a browser shows.');
const doubts = ['NOT_ALIKE', 'TOO_PALE', 'PARTLY_UNREADABLE', 'SLIGHT_DIFFERENCES'] as const;

const FrontComparison = Message(
  {
    verdict: OneOf(verdicts, 'The front that was given, against the sealed picture.'),
    comparedPercent: Type.Integer({ minimum: 0, maximum: 100 }),
    differences: Type.ReadonlyType(Type.Array(Difference, { maxItems: 100_000 })),
    doubt: Type.Optional(
      OneOf(
        doubts,
        'Why nothing can be said: not the same page at all, too pale to tell, too much that cannot be read, or places that may be dirt.',
      ),
    ),
    front: Type.Optional(ShownPicture),
  },
  'With the front laid over the sealed picture: same size, same places.',
);

export const SiteAnswer = Message(
  {
    facts: Message(
      { ...SealedFacts.properties, municipality: Type.Optional(Type.String({ maxLength: 200 })) },
      'What the signed header of the back says, with the name of the municipality where the site knows it.',
    ),
    cancellation: CancellationFinding,
    picture: Message({ ...picture, dpi: Small('Dots per inch.') }, 'The sealed picture of the front.'),
    comparison: Type.Optional(FrontComparison),
    checkedAt: Instant,
    report: Jws(8_192, '`VerificationReport`.'),
  },
  '確認結果: what the back says, the picture in it, and how the front compares. Nothing of it is kept.',
);

export type Difference = Static<typeof Difference>;
export type ShownPicture = Static<typeof ShownPicture>;
export type CompareDoubt = (typeof doubts)[number];
export type FrontComparison = Static<typeof FrontComparison>;
export type SiteAnswer = Static<typeof SiteAnswer>;
