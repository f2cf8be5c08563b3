/** What a clean document is made of. Objects name one another by Ref, counted from 1, in the order in which they were first needed. */
import { inflateSync } from 'node:zlib';
import type { Stored } from './decode-stream.ts';
import { intakeLimits } from './intake-limits.ts';
import { unpredict } from './predictor.ts';
import type { Dict } from './values.ts';

/** What a stream is for, which says how its colours are found. */
export type Role = 'content' | 'image' | 'data';

export interface CleanStream {
  readonly role: Role;
  /** Without length and filters. */
  readonly dict: Dict;
  readonly stored: Pick<Stored, 'data' | 'filter' | 'predictor'>;
  /** Of content: what its names mean; those of a glyph stand in the font. */
  readonly resources?: Dict;
}

export type CleanObject = Dict | CleanStream;

export const isCleanStream = (object: CleanObject): object is CleanStream => !(object instanceof Map);

/** Its bytes without filters; they have been inflated within the budget before. */
export function plainOf({ stored: { data, filter, predictor } }: CleanStream): Uint8Array {
  const inflated =
    filter === 'FlateDecode' ? inflateSync(data, { maxOutputLength: intakeLimits.streamBytesMax }) : data;
  return predictor ? unpredict(inflated, predictor) : inflated;
}
