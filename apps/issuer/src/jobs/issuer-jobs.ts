/** The two jobs of an issuing server, for each of its municipalities: the nightly books and the center’s directory. */
import { type Clocks, errorFields, type Repeating, repeat } from '@machikado/server';
import type { Municipality, Ports } from '../ports.ts';
import { feedPosition } from '../store/feed-book.ts';
import { isFeedDue } from '../use-cases/follow-feed.ts';
import { keepBooks } from '../use-cases/keep-books.ts';
import { type PublishStep, publishDirectory } from '../use-cases/publish-directory.ts';

const RETRY_MAX_MS = 60_000;

export function startJobs(ports: Ports, clocks: Pick<Clocks, 'timers'>, pollMs: number): Repeating {
  let stopped = false;
  const inTurn = oneByOne();
  const publishWhenDue = (town: Municipality) =>
    publishWhatIsDue(town, ports, () =>
      inTurn(async () => (stopped ? { kind: 'idle' } : publishDirectory(town, ports))),
    );
  const jobs = ports.municipalities
    .all()
    .flatMap(({ lgCode }) => [
      repeat(withBackoff(pollMs, lgCode, 'feed-failed', ports, followWhenDue), clocks),
      repeat(withBackoff(pollMs, lgCode, 'directory-failed', ports, publishWhenDue), clocks),
    ]);
  return {
    stop: async () => {
      stopped = true;
      await Promise.all(jobs.map((job) => job.stop()));
    },
  };
}

/**
 * A municipality that publishes holds a database connection until the center has answered. So only one does at a time: a center that hangs
 * must not take the connections of all of them from the residents.
 */
function oneByOne() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

async function followWhenDue(town: Municipality, ports: Ports): Promise<void> {
  const position = await ports.store.inMunicipality(town.lgCode, feedPosition);
  if (!isFeedDue(position, town, ports.businessClock.now())) return;
  if ((await keepBooks(town, ports)) === 'kept') ports.log.event('feed-followed', { lgCode: town.lgCode });
}

/** Step by step, so that others have their turn in between. */
async function publishWhatIsDue(
  { lgCode }: Municipality,
  { log }: Ports,
  next: () => Promise<PublishStep>,
): Promise<void> {
  for (;;) {
    const step = await next();
    if (step.kind === 'idle') return;
    if (step.kind === 'postponed') throw step.error;
    log.event('directory-published', { lgCode, count: step.count });
  }
}

/** A failure is logged and tried again later and later; the next success brings back the ordinary pace. */
function withBackoff(
  pollMs: number,
  lgCode: string,
  failureName: string,
  ports: Ports,
  work: (town: Municipality, ports: Ports) => Promise<void>,
): () => Promise<number> {
  let pauseMs = pollMs;
  return async () => {
    try {
      const town = ports.municipalities.find(lgCode);
      if (town) await work(town, ports);
      pauseMs = pollMs;
    } catch (error) {
      ports.log.warning(failureName, { lgCode, ...errorFields(error) });
      pauseMs = Math.min(pauseMs * 2, Math.max(RETRY_MAX_MS, pollMs));
    }
    return pauseMs;
  };
}
