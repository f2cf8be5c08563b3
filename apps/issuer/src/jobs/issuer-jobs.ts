/** The two jobs of an issuing server, for each of its municipalities: the nightly books and the center’s directory. */
import { type Clocks, errorFields } from '@machikado/server';
import type { Municipality, Ports } from '../ports.ts';
import { feedPosition } from '../store/feed-book.ts';
import { isFeedDue } from '../use-cases/follow-feed.ts';
import { keepBooks } from '../use-cases/keep-books.ts';
import { publishDirectory } from '../use-cases/publish-directory.ts';
import { type Repeating, repeat } from './repeat.ts';

const RETRY_MAX_MS = 60_000;

export function startJobs(ports: Ports, clocks: Pick<Clocks, 'timers'>, pollMs: number): Repeating {
  const jobs = ports.municipalities
    .all()
    .flatMap(({ lgCode }) => [
      repeat(withBackoff(pollMs, lgCode, 'feed-failed', ports, followWhenDue), clocks),
      repeat(withBackoff(pollMs, lgCode, 'directory-failed', ports, publishWhatIsDue), clocks),
    ]);
  return {
    stop: async () => {
      await Promise.all(jobs.map((job) => job.stop()));
    },
  };
}

async function followWhenDue(town: Municipality, ports: Ports): Promise<void> {
  const position = await ports.store.inMunicipality(town.lgCode, feedPosition);
  if (!isFeedDue(position, town, ports.businessClock.now())) return;
  if ((await keepBooks(town, ports)) === 'kept') ports.log.event('feed-followed', { lgCode: town.lgCode });
}

async function publishWhatIsDue(town: Municipality, ports: Ports): Promise<void> {
  for (;;) {
    const step = await publishDirectory(town, ports);
    if (step.kind === 'idle') return;
    if (step.kind === 'postponed') throw step.error;
    ports.log.event('directory-published', { lgCode: town.lgCode, count: step.count });
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
