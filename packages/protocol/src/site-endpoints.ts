/**
 * 問い合わせサイト: what receivers (提出先) can ask its public side, as data. Unlike the chain it knows nobody: no client cert, no JSON that comes in,
 * codes of its own (`siteErrors`). Its routes and its OpenAPI document are made from these rows.
 */
import { type TSchema, Type } from 'typebox';
import { SiteAnswer, type SiteErrorCode, siteErrors } from './verification.ts';

export interface SiteEndpoint {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly summary: string;
  /** Parts of multipart/form-data. */
  readonly form?: TSchema;
  readonly bodyBytesMax: number;
  /** `page`: the same answer, as JSON in the element #answer of a page. */
  readonly answers: 'json' | 'page';
  readonly reply: TSchema;
  readonly refusals: readonly SiteErrorCode[];
}

const MIB = 2 ** 20;
/** Of one upload, where the settings say nothing else. */
export const SITE_UPLOAD_BYTES = 48 * MIB;
/** At most, of all parts together. */
export const SITE_FILES_MAX = 4;

const Files = (description: string) =>
  Type.Array(Type.String({ contentMediaType: 'application/octet-stream' }), { maxItems: SITE_FILES_MAX, description });
const Share = Type.Number({ minimum: 0, maximum: 1 });
/** Going round, as shares of width and height. */
export const PatternCorners = Type.Array(Type.Array(Share, { minItems: 2, maxItems: 2 }), {
  ...{ minItems: 4, maxItems: 4 },
  description:
    'Where the corners of the pattern are in the first back, going round: [x, y], shares of width and height.',
});
export const SheetUpload = Type.Object(
  {
    back: Type.Optional(Files('The back; two photos of one back are added up when neither is enough.')),
    front: Type.Optional(Files('The front, to be compared.')),
    scan: Type.Optional(Files('Both sides in one file, or in any order.')),
    corners: Type.Optional(PatternCorners),
  },
  {
    additionalProperties: false,
    description: `At least one file and at most ${SITE_FILES_MAX}: JPEG, PNG, TIFF, WebP or PDF. An empty file counts as none.`,
  },
);

const ReportKeys = Type.Object(
  {
    keys: Type.Array(
      Type.Object(
        {
          ...{ kty: Type.Literal('OKP'), crv: Type.Literal('Ed25519') },
          x: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
          kid: Type.String({ maxLength: 100 }),
        },
        { additionalProperties: false },
      ),
      { maxItems: 10 },
    ),
  },
  { additionalProperties: false, description: 'Public keys of verification reports, as JWK.' },
);

const check = {
  method: 'POST',
  form: SheetUpload,
  bodyBytesMax: SITE_UPLOAD_BYTES,
  reply: SiteAnswer,
  refusals: (Object.keys(siteErrors) as SiteErrorCode[]).filter((code) => code !== 'NO_SUCH_PAGE'),
} as const;

export const siteEndpoints = {
  checkSheet: { ...check, path: '/v1/verifications', summary: 'One check.', answers: 'json' },
  checkSheetOnPage: {
    ...check,
    ...{ path: '/', answers: 'page' },
    summary: 'One check, for the form of another page: the answer comes as a page that holds it.',
  },
  reportKeys: {
    method: 'GET',
    path: '/v1/report-keys',
    summary: 'The keys of reports.',
    ...{ bodyBytesMax: 0, answers: 'json', reply: ReportKeys, refusals: ['INTERNAL'] },
  },
} as const satisfies Record<string, SiteEndpoint>;
