/**
 * 突合: whoever follows the feed keeps a copy of the states in two books, and once a night compares it with the books themselves. Both sides
 * count in the same way, so the rule stands here and nowhere else:
 *
 * - A line is `id:version:state`.
 * - It belongs to the bucket whose number is the first byte of SHA-256(id) modulo 64.
 * - The digest of a bucket is the SHA-256, in lower-case hex, of its lines in the order of their UTF-16 code units, each ended by a line feed.
 *   An empty bucket has the digest of the empty text.
 */
export const STATUS_BUCKETS = 64;

export interface StatusLine {
  readonly id: string;
  readonly version: number;
  readonly state: string;
}

/** SHA-256 of the text in UTF-8, lower-case hex. */
export type Sha256OfText = (text: string) => string;

export function statusBucketOf(id: string, sha256: Sha256OfText): number {
  return Number.parseInt(sha256(id).slice(0, 2), 16) % STATUS_BUCKETS;
}

/** One digest for each bucket, in their order. */
export function statusDigestsOf(lines: readonly StatusLine[], sha256: Sha256OfText): string[] {
  const buckets = Array.from({ length: STATUS_BUCKETS }, (): string[] => []);
  for (const { id, version, state } of lines) buckets[statusBucketOf(id, sha256)]?.push(`${id}:${version}:${state}\n`);
  return buckets.map((bucket) => sha256(bucket.sort().join('')));
}
