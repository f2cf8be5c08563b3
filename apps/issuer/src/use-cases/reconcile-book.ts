/**
 * 突合: once a night each book is compared with the registry’s own, by digests, and line by line where these differ. What the feed
 * lost is made good in the safe direction only: whoever left or was cancelled at the source ends here too, and nothing that ended
 * here begins again. Afterwards this side allows nothing that the registry does not; what it denies beyond that is for staff.
 */
import { createHash } from 'node:crypto';
import { refuse, STATUS_BUCKETS, type StatusDigest, statusBucketOf, statusDigestsOf } from '@machikado/protocol';
import type { Municipality, Ports } from '../ports.ts';
import { type Book, type BookLine, isEnded, settleLine } from '../registration/book-line.ts';
import type { RegistrationEvent } from '../registration/events.ts';
import { linesOf, markDiffering, markReconciled, putLines } from '../store/book-lines.ts';
import { appendToRecord } from '../store/delivery-record.ts';
import { claimFeed } from '../store/feed-book.ts';
import type { MunicipalSql } from '../store/municipal-sql.ts';
import { addRegistrationEvents, refreshRegistrations } from '../store/registration-book.ts';
import { readingTime } from './feed-age.ts';

export type BookPorts = Pick<Ports, 'store' | 'registry' | 'businessClock' | 'machineClock' | 'log'>;

/** `moved-on`: the feed has to be followed further first. `elsewhere`: another server is at it. */
export type Reconciliation = 'agreed' | 'settled' | 'moved-on' | 'elsewhere';

const AT_ONCE = 8;
/** More endings than this in one night are rather a fault of the source, and endings are for good. */
const ENDINGS_MAX = 20;
const ENDINGS_SHARE_MAX = 0.05;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export async function reconcileBook(
  book: Book,
  town: Municipality,
  ports: BookPorts,
  { acceptEndings = false } = {},
): Promise<Reconciliation> {
  const seen = { differing: false };
  try {
    return await ports.store.inMunicipality(town.lgCode, (tx) => compare(tx, book, town, ports, acceptEndings, seen));
  } catch (error) {
    if (seen.differing) await stopWhatDependsOn(book, town, ports);
    throw error;
  }
}

async function compare(
  tx: MunicipalSql,
  book: Book,
  town: Municipality,
  { registry, businessClock, machineClock, log }: BookPorts,
  acceptEndings: boolean,
  seen: { differing: boolean },
): Promise<Reconciliation> {
  const { lgCode } = town;
  const position = await claimFeed(tx);
  if (!position) return 'elsewhere';
  const asked = { business: businessClock.now(), machine: machineClock.now() };
  const ask = async (bucket?: number) => {
    const reply = await registry.readStatusDigest({ lgCode, book, ...(bucket !== undefined && { bucket }) });
    if (reply.lgCode !== lgCode) refuse('REGISTRY_UNAVAILABLE', 'digest: of another municipality');
    return reply;
  };
  const overview = await ask();
  if (overview.latest < position.seq) refuse('REGISTRY_UNAVAILABLE', 'digest: older than the feed');
  if (overview.latest > position.seq) return 'moved-on';
  const mine = await linesOf(tx, book);
  const differing = differingBuckets(mine, overview);
  seen.differing = differing.length > 0;
  const theirs: BookLine[] = [];
  for (let i = 0; i < differing.length; i += AT_ONCE) {
    const replies = await Promise.all(
      differing.slice(i, i + AT_ONCE).map(async (bucket) => ({ bucket, ...(await ask(bucket)) })),
    );
    if (replies.some(({ latest }) => latest !== position.seq)) {
      seen.differing = false;
      return 'moved-on';
    }
    for (const { bucket, lines } of replies) theirs.push(...soundLines(lines, bucket, overview));
  }
  const news = settle(
    mine.filter(({ id }) => differing.includes(statusBucketOf(id, sha256))),
    theirs,
    book,
  );
  const endings = news.taken.filter(({ before, line }) => before && !isEnded(before) && isEnded(line));
  const open = mine.filter((line) => !isEnded(line)).length;
  if (!acceptEndings && endings.length > Math.max(ENDINGS_MAX, open * ENDINGS_SHARE_MAX)) {
    refuse('REGISTRY_UNAVAILABLE', `digest: ${endings.length} endings at once in the book of ${book}`);
  }
  const now = machineClock.now();
  await putLines(
    tx,
    book,
    news.taken.map(({ line }) => line),
  );
  if (book === 'residents') await endRegistrations(tx, news.taken, position.seq, new Date(overview.readAt), now);
  await markReconciled(tx, book, readingTime(overview.readAt, asked));
  if (news.lost.length === 0 && news.kept.length === 0) return 'agreed';
  const body = { book, taken: news.lost, kept: news.kept };
  await appendToRecord(tx, town.keys.residentRefSecret, now, [{ event: 'book-differed', body }]);
  log.alarm('book-differed', { lgCode, topic: book, count: news.lost.length + news.kept.length });
  return 'settled';
}

/** Until the next comparison comes to its end. */
async function stopWhatDependsOn(
  book: Book,
  town: Municipality,
  { store, machineClock, log }: BookPorts,
): Promise<void> {
  const isNews = await store.inMunicipality(town.lgCode, async (tx) => {
    if (!(await markDiffering(tx, book))) return false;
    const entry = { event: 'book-left-unreconciled' as const, body: { book } };
    await appendToRecord(tx, town.keys.residentRefSecret, machineClock.now(), [entry]);
    return true;
  });
  if (isNews) log.alarm('book-left-unreconciled', { lgCode: town.lgCode, topic: book });
}

function differingBuckets(mine: readonly BookLine[], { digests }: StatusDigest): number[] {
  if (!digests) return refuse('REGISTRY_UNAVAILABLE', 'digest: none');
  const own = statusDigestsOf(mine, sha256);
  return Array.from({ length: STATUS_BUCKETS }, (_, bucket) => bucket).filter(
    (bucket) => own[bucket] !== digests[bucket],
  );
}

/** The lines of a bucket must be those that the digest was made of. */
function soundLines(lines: StatusDigest['lines'], bucket: number, { digests }: StatusDigest): BookLine[] {
  if (
    !lines ||
    statusDigestsOf(lines, sha256)[bucket] !== digests?.[bucket] ||
    lines.some(({ id }) => statusBucketOf(id, sha256) !== bucket)
  ) {
    refuse('REGISTRY_UNAVAILABLE', 'digest: not that of the lines');
  }
  return lines.map(({ residentId, ...line }) => ({ ...line, residentId: residentId ?? null }));
}

interface Taken {
  readonly line: BookLine;
  readonly before: BookLine | undefined;
}

interface News {
  readonly taken: readonly Taken[];
  /** Of those the ids that the feed should have told of. */
  readonly lost: readonly string[];
  readonly kept: readonly string[];
}

function settle(mine: readonly BookLine[], theirs: readonly BookLine[], book: Book): News {
  const own = new Map(mine.map((line) => [line.id, line]));
  const listed = new Set(theirs.map(({ id }) => id));
  // What the registry does not know at all has ended there.
  const unknownThere = mine.filter((line) => !listed.has(line.id) && !isEnded(line));
  const ended = unknownThere.map((line) => ({
    ...line,
    state: book === 'seals' ? ('cancelled' as const) : ('gone' as const),
  }));
  const compared = [...theirs, ...ended].map((line) => ({ line, before: own.get(line.id) }));
  const verdicts = compared.map((pair) => ({ ...pair, verdict: settleLine(pair.before, pair.line) }));
  const idsOf = (one: string) => verdicts.filter(({ verdict }) => verdict === one).map(({ line }) => line.id);
  return {
    taken: verdicts.filter(({ verdict }) => verdict === 'take' || verdict === 'learn'),
    lost: idsOf('take'),
    kept: idsOf('keep'),
  };
}

/** Facts for 利用者登録, as if the feed had told them. */
async function endRegistrations(
  tx: MunicipalSql,
  taken: readonly Taken[],
  seq: number,
  at: Date,
  now: Date,
): Promise<void> {
  const facts = taken.flatMap(({ line, before }) =>
    factsOf(line, before).map((type, i) => factOf(type, line.id, seq, new Date(at.getTime() + i))),
  );
  if (facts.length === 0) return;
  await addRegistrationEvents(tx, facts, { usableFromRun: 0, now });
  await refreshRegistrations(tx, [...new Set(facts.map(({ residentId }) => residentId))], now);
}

function factsOf(line: BookLine, before: BookLine | undefined): ('removed' | 'moved-out' | 'moved-in')[] {
  if (line.state === 'gone') return before?.state === 'gone' ? [] : ['removed'];
  if (line.state === 'domicile') return before?.state === 'present' ? ['moved-out'] : [];
  // Still here, but moved in since: whoever moved out and in needs 継続利用.
  return before ? ['moved-out', 'moved-in'] : [];
}

function factOf(type: RegistrationEvent['type'], residentId: string, seq: number, at: Date): RegistrationEvent {
  const nothing = { cert: null, previousCert: null, medium: null, role: null };
  return { eventId: `reconciled:${seq}:${residentId}:${type}`, type, residentId, ...nothing, at, usable: true };
}
