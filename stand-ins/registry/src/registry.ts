/**
 * 既存住基システム of the invented towns. Every entry of every book counts its changes; a read gets one whole version of all the books that it
 * asks for, and a batch of changes becomes visible in one step. A reader who names an older version is told that the record has changed
 * and gets nothing.
 */
import {
  type FeedEvent,
  type FeedPage,
  type ReadFeed,
  type ReadRecord,
  type ReadStatusDigest,
  type RegistryRecord,
  refuse,
  type StatusDigest,
} from '@machikado/protocol';
import { applyChange } from './books/apply-change.ts';
import { beginDraft, type Draft, openBooks, type TownBooks, takeDraft } from './books/town-books.ts';
import type { RegistryChange } from './changes.ts';
import type { Journal } from './journal.ts';
import { readRecord } from './read-record.ts';
import { readStatus } from './read-status.ts';
import type { Town } from './town/town.ts';

export interface Registry {
  readonly towns: readonly Town[];
  readRecord(question: ReadRecord): RegistryRecord;
  readFeed(question: ReadFeed): FeedPage;
  readStatusDigest(question: ReadStatusDigest): StatusDigest;
  /** All of the changes or none; the newest sequence number of the feed afterwards. */
  apply(lgCode: string, changes: readonly RegistryChange[]): { readonly latest: number };
  close(): void;
}

interface TownState {
  readonly books: TownBooks;
  readonly feed: FeedEvent[];
}

export function createRegistry(options: {
  readonly towns: readonly Town[];
  readonly journal: Journal;
  readonly now: () => Date;
}): Registry {
  const { towns, journal, now } = options;
  const states = new Map(towns.map((town): [string, TownState] => [town.lgCode, { books: openBooks(town), feed: [] }]));
  const stateOf = (lgCode: string) =>
    states.get(lgCode) ?? refuse('MUNICIPALITY_NOT_PARTICIPATING', 'no such town in this registry');
  for (const { at, lgCode, changes } of journal.entries())
    commit(stateOf(lgCode), draftOf(stateOf(lgCode), changes), at);

  return {
    towns,
    readRecord(question) {
      const { books } = stateOf(question.lgCode);
      return { ...readRecord(books, journal.epoch, question), readAt: now().toISOString() };
    },
    readFeed({ lgCode, after, limit }) {
      const { feed } = stateOf(lgCode);
      // seq counts from 1 without gaps: what comes after n begins at index n.
      const events = feed.slice(after, after + limit);
      return { lgCode, events, latest: feed.length, readAt: now().toISOString() };
    },
    readStatusDigest(question) {
      const { books, feed } = stateOf(question.lgCode);
      return { ...readStatus(books, feed, question), readAt: now().toISOString() };
    },
    apply(lgCode, changes) {
      const state = stateOf(lgCode);
      const draft = draftOf(state, changes);
      const at = now().toISOString();
      journal.append({ at, lgCode, changes });
      commit(state, draft, at);
      return { latest: state.feed.length };
    },
    close: () => journal.close(),
  };
}

function draftOf({ books }: TownState, changes: readonly RegistryChange[]): Draft {
  const draft = beginDraft(books);
  for (const change of changes) applyChange(draft, change);
  return draft;
}

function commit({ books, feed }: TownState, draft: Draft, at: string): void {
  takeDraft(books, draft);
  for (const fact of draft.facts) feed.push({ ...fact, seq: feed.length + 1, at });
}
