/** The nightly work with a registry: its feed to the end, then both books compared with its own. */
import { refuse } from '@machikado/protocol';
import type { Municipality } from '../ports.ts';
import { books } from '../registration/book-line.ts';
import { endNight } from '../store/feed-book.ts';
import { followFeed } from './follow-feed.ts';
import { type BookPorts, type Reconciliation, reconcileBook } from './reconcile-book.ts';

const TRIES = 3;

/** `elsewhere`: another server of this municipality is at it. */
export async function keepBooks(
  town: Municipality,
  ports: BookPorts,
  options: { readonly acceptEndings?: boolean } = {},
): Promise<'kept' | 'elsewhere'> {
  const startedAt = ports.businessClock.now();
  for (let i = 0; i < TRIES; i += 1) {
    if ((await followFeed(town, ports)) === 'elsewhere') return 'elsewhere';
    const step = await compareBooks(town, ports, options);
    if (step === 'elsewhere') return 'elsewhere';
    if (step === 'moved-on') continue;
    await ports.store.inMunicipality(town.lgCode, (tx) => endNight(tx, startedAt));
    return 'kept';
  }
  return refuse('REGISTRY_UNAVAILABLE', 'the books do not stand still');
}

async function compareBooks(
  town: Municipality,
  ports: BookPorts,
  options: { readonly acceptEndings?: boolean },
): Promise<Reconciliation> {
  for (const book of books) {
    const step = await reconcileBook(book, town, ports, options);
    if (step === 'moved-on' || step === 'elsewhere') return step;
  }
  return 'agreed';
}
