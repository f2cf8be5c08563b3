/**
 * The nightly feed of the registry. It can be stopped at any page and goes on from there; each run begins a little before the
 * place where the last one ended, because facts told twice are harmless and facts never told are not.
 */
import { instantInJst, jstDateOf } from '@machikado/domain';
import { type FeedPage, refuse } from '@machikado/protocol';
import type { Municipality, Ports } from '../ports.ts';
import { isWholeSealEvent, residentLinesIn, sealLinesIn } from '../registration/book-line.ts';
import { isAboutResident, isWhole, parseFeedEvent } from '../registration/events.ts';
import { tellLines } from '../store/book-lines.ts';
import { claimFeed, endFeedRun, type FeedPosition, feedPosition, moveFeed } from '../store/feed-book.ts';
import type { MunicipalSql } from '../store/municipal-sql.ts';
import { addRegistrationEvents, refreshRegistrations, residentsUsableFrom } from '../store/registration-book.ts';
import { forgetSessionsBefore } from '../store/session-uses.ts';
import { readingTime } from './feed-age.ts';

export type FeedPorts = Pick<Ports, 'store' | 'registry' | 'businessClock' | 'machineClock'>;

const PAGE = 1000;
const OVERLAP = 200;
const DAY_MS = 86_400_000;

/** Reads to the end of the feed. `elsewhere`: another server of this municipality is at it. */
export async function followFeed(town: Municipality, ports: FeedPorts): Promise<'followed' | 'elsewhere'> {
  let { seq } = await ports.store.inMunicipality(town.lgCode, feedPosition);
  let after = Math.max(0, seq - OVERLAP);
  for (;;) {
    const asked = { business: ports.businessClock.now(), machine: ports.machineClock.now() };
    // No transaction waits for a registry: one that hangs would take the connections of the other towns.
    const page = await ports.registry.readFeed({ lgCode: town.lgCode, after, limit: PAGE });
    const step = await ports.store.inMunicipality(town.lgCode, (tx) =>
      takePage(tx, page, { after, seq, asked }, town, ports),
    );
    if (step === 'elsewhere' || step === 'followed') return step;
    after = step;
    seq = Math.max(seq, step);
  }
}

/** Is there a nightly run that has not been done? */
export function isFeedDue({ runAt }: Pick<FeedPosition, 'runAt'>, { settings }: Municipality, now: Date): boolean {
  if (runAt === null || runAt > now) return true;
  const [hours = 0, minutes = 0] = settings.nightlyFeed.at.split(':').map(Number);
  const today = instantInJst(jstDateOf(now), (hours * 60 + minutes) * 60_000);
  const latest = today <= now ? today : new Date(today.getTime() - DAY_MS);
  return runAt < latest;
}

interface Asked {
  readonly after: number;
  /** How far the feed was followed when the page was asked for. */
  readonly seq: number;
  readonly asked: { readonly business: Date; readonly machine: Date };
}

async function takePage(
  tx: MunicipalSql,
  page: FeedPage,
  { after, seq, asked }: Asked,
  town: Municipality,
  { machineClock }: FeedPorts,
): Promise<number | 'followed' | 'elsewhere'> {
  const position = await claimFeed(tx);
  if (!position || position.seq > seq) return 'elsewhere';
  refuseOddPage(page, after, position, town);
  const now = machineClock.now();
  const events = page.events.filter(isAboutResident).map(parseFeedEvent);
  await addRegistrationEvents(tx, events, { usableFromRun: 0, now });
  await refreshRegistrations(tx, [...new Set(events.map((event) => event.residentId))], now);
  await tellLines(tx, 'residents', residentLinesIn(page.events));
  await tellLines(tx, 'seals', sealLinesIn(page.events));
  const reached = Math.max(after, ...page.events.map((event) => event.seq));
  await moveFeed(tx, reached);
  if (reached < page.latest) return reached;
  await endRun(tx, position.run + 1, readingTime(page.readAt, asked), now);
  return 'followed';
}

/** What was registered at the counter counts from now on. */
async function endRun(tx: MunicipalSql, run: number, followedAt: Date, now: Date): Promise<void> {
  await endFeedRun(tx, run, followedAt);
  await refreshRegistrations(tx, await residentsUsableFrom(tx, run), now);
  await forgetSessionsBefore(tx, new Date(now.getTime() - DAY_MS));
}

function refuseOddPage(page: FeedPage, after: number, { seq }: FeedPosition, { lgCode }: Municipality): void {
  const odd = (why: string) => refuse('REGISTRY_UNAVAILABLE', `feed: ${why}`);
  if (page.lgCode !== lgCode) odd('of another municipality');
  if (page.latest < seq) odd('ends before the place where it was read last');
  if (page.events.length === 0 && page.latest > after) odd('says that there is more and gives nothing');
  if (page.events.some((event) => event.seq <= after || event.seq > page.latest)) odd('events outside what was asked');
  if (!page.events.filter(isAboutResident).map(parseFeedEvent).every(isWhole))
    odd('an event about a cert that it does not name');
  if (!page.events.every(isWholeSealEvent)) odd('an event about a seal that it does not name');
}
