/** Asks the registry for its digests of a book, and for the lines of the buckets that differ from ours. */
import { createHash } from 'node:crypto';
import {
  type ReadStatusDigest,
  refuse,
  STATUS_BUCKETS,
  type StatusDigest,
  statusBucketOf,
  statusDigestsOf,
} from '@machikado/protocol';
import type { Registry } from '../ports.ts';
import type { BookLine } from '../registration/book-line.ts';

const AT_ONCE = 8;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
export const bucketOf = (id: string) => statusBucketOf(id, sha256);

export async function readDigest(registry: Registry, question: ReadStatusDigest): Promise<StatusDigest> {
  const reply = await registry.readStatusDigest(question);
  if (reply.lgCode !== question.lgCode) refuse('REGISTRY_UNAVAILABLE', 'digest: of another municipality');
  return reply;
}

export function differingBuckets(mine: readonly BookLine[], { digests }: StatusDigest): number[] {
  if (!digests) return refuse('REGISTRY_UNAVAILABLE', 'digest: none');
  const own = statusDigestsOf(mine, sha256);
  return Array.from({ length: STATUS_BUCKETS }, (_, bucket) => bucket).filter(
    (bucket) => own[bucket] !== digests[bucket],
  );
}

/** `moved-on`: the registry’s feed went on meanwhile. */
export async function readLines(
  registry: Registry,
  question: ReadStatusDigest,
  buckets: readonly number[],
  overview: StatusDigest,
): Promise<BookLine[] | 'moved-on'> {
  const lines: BookLine[] = [];
  for (let i = 0; i < buckets.length; i += AT_ONCE) {
    const asked = buckets.slice(i, i + AT_ONCE);
    const replies = await Promise.all(asked.map((bucket) => readDigest(registry, { ...question, bucket })));
    if (replies.some(({ latest }) => latest !== overview.latest)) return 'moved-on';
    lines.push(...replies.flatMap((reply, j) => soundLines(reply, asked[j] as number, overview)));
  }
  return lines;
}

/** The lines of a bucket must be those that the digest was made of. */
function soundLines({ lines }: StatusDigest, bucket: number, { digests }: StatusDigest): BookLine[] {
  const isSound =
    lines?.every(({ id }) => bucketOf(id) === bucket) && statusDigestsOf(lines, sha256)[bucket] === digests?.[bucket];
  if (!lines || !isSound) return refuse('REGISTRY_UNAVAILABLE', 'digest: not that of the lines');
  return lines.map(({ residentId, ...line }) => ({ ...line, residentId: residentId ?? null }));
}
