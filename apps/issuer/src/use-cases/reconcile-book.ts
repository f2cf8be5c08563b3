/**
 * 突合: once a night each book is compared with the registry’s own, by digests, and line by line where these differ. What the feed
 * lost is made good in the safe direction only: whoever left or was cancelled at the source ends here too, and nothing that ended
 * here begins again. Afterwards this side allows nothing that the registry does not; what it denies beyond that is for staff.
 */
import { refuse } from '@machikado/protocol';
import type { Municipality, Ports } from '../ports.ts';
import type { Book, BookLine } from '../registration/book-line.ts';
import type { RegistrationEvent } from '../registration/events.ts';
import { hasManyEndings, settleBook, type TakenLine } from '../registration/settle-book.ts';
import { linesOf, markDiffering, markReconciled, putLines } from '../store/book-lines.ts';
import { appendToRecord } from '../store/delivery-record.ts';
import { claimFeed, feedPosition } from '../store/feed-book.ts';
import type { MunicipalSql } from '../store/municipal-sql.ts';
import { addRegistrationEvents, refreshRegistrations } from '../store/registration-book.ts';
import { readingTime } from './feed-age.ts';
import { bucketOf, differingBuckets, readDigest, readLines } from './read-digests.ts';

export type BookPorts = Pick<Ports, 'store' | 'registry' | 'businessClock' | 'machineClock' | 'log'>;

/** `moved-on`: the feed has to be followed further first. `elsewhere`: another server is at it. */
export type Reconciliation = 'agreed' | 'settled' | 'moved-on' | 'elsewhere';

export async function reconcileBook(
  book: Book,
  town: Municipality,
  ports: BookPorts,
  { acceptEndings = false } = {},
): Promise<Reconciliation> {
  const { position, mine } = await ports.store.inMunicipality(town.lgCode, async (tx) => ({
    position: await feedPosition(tx),
    mine: await linesOf(tx, book),
  }));
  const question = { lgCode: town.lgCode, book };
  const asked = { business: ports.businessClock.now(), machine: ports.machineClock.now() };
  const overview = await readDigest(ports.registry, question);
  if (overview.latest < position.seq) refuse('REGISTRY_UNAVAILABLE', 'digest: older than the feed');
  if (overview.latest > position.seq) return 'moved-on';
  const differing = differingBuckets(mine, overview);
  try {
    const theirs = await readLines(ports.registry, question, differing, overview);
    if (theirs === 'moved-on') return 'moved-on';
    const reading: Reading = {
      ...{ seq: position.seq, readAt: new Date(overview.readAt), asOf: readingTime(overview.readAt, asked) },
      isCompared: ({ id }) => differing.includes(bucketOf(id)),
      ...{ theirs, acceptEndings },
    };
    return await takeOver(reading, book, town, ports);
  } catch (error) {
    if (differing.length > 0) await stopWhatDependsOn(book, town, ports);
    throw error;
  }
}

interface Reading {
  readonly seq: number;
  readonly readAt: Date;
  readonly asOf: Date;
  /** In one of the buckets that differed. */
  readonly isCompared: (line: BookLine) => boolean;
  readonly theirs: readonly BookLine[];
  readonly acceptEndings: boolean;
}

function takeOver(
  { seq, readAt, asOf, isCompared, theirs, acceptEndings }: Reading,
  book: Book,
  town: Municipality,
  { store, machineClock, log }: BookPorts,
): Promise<Reconciliation> {
  const now = machineClock.now();
  return store.inMunicipality(town.lgCode, async (tx) => {
    const position = await claimFeed(tx);
    if (!position) return 'elsewhere';
    if (position.seq !== seq) return 'moved-on';
    // Read again: another server can have done the same work meanwhile.
    const mine = await linesOf(tx, book);
    const news = settleBook(mine.filter(isCompared), theirs, book);
    if (!acceptEndings && hasManyEndings(news, mine)) {
      refuse('REGISTRY_UNAVAILABLE', `digest: too many endings at once in the book of ${book}`);
    }
    const { taken, lost, kept } = news;
    const lines = taken.map(({ line }) => line);
    await putLines(tx, book, lines);
    if (book === 'residents') await tellRegistrations(tx, taken, seq, readAt, now);
    await markReconciled(tx, book, asOf);
    if (lost.length === 0 && kept.length === 0) return 'agreed';
    const entry = { event: 'book-differed' as const, body: { book, taken: lost, kept } };
    await appendToRecord(tx, town.keys.residentRefSecret, now, [entry]);
    log.alarm('book-differed', { lgCode: town.lgCode, topic: book, count: lost.length + kept.length });
    return 'settled';
  });
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

/** Facts for 利用者登録, as if the feed had told them. */
async function tellRegistrations(
  tx: MunicipalSql,
  taken: readonly TakenLine[],
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
