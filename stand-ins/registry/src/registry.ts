/**
 * 既存住基システム of the invented towns. Every household has a history of versions; a read gets one whole version, and a batch of
 * changes becomes visible in one step. A reader who names an older version is told that the record has changed and gets nothing.
 */
import { createHash } from 'node:crypto';
import {
  type FeedEvent,
  type FeedPage,
  type ReadFeed,
  type ReadRecord,
  type ReadStatusDigest,
  type RegistryRecord,
  refuse,
  type StatusDigest,
  type StatusLineOfBook,
  statusBucketOf,
  statusDigestsOf,
} from '@machikado/protocol';
import type { RegistryChange } from './changes.ts';
import { Draft } from './draft.ts';
import { headOf, isPresent } from './household-order.ts';
import type { Journal } from './journal.ts';
import type { Household, Town } from './town/town.ts';

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
  readonly town: Town;
  readonly histories: Map<string, Household[]>;
  readonly residence: Map<string, string>;
  readonly feed: FeedEvent[];
}

export function createRegistry(options: {
  readonly towns: readonly Town[];
  readonly journal: Journal;
  readonly now: () => Date;
}): Registry {
  const { towns, journal, now } = options;
  const states = new Map(towns.map((town) => [town.lgCode, begin(town)]));
  const stateOf = (lgCode: string) =>
    states.get(lgCode) ?? refuse('MUNICIPALITY_NOT_PARTICIPATING', 'no such town in this registry');
  for (const { at, lgCode, changes } of journal.entries())
    commit(stateOf(lgCode), draftOf(stateOf(lgCode), changes), at);

  return {
    towns,
    readRecord({ lgCode, residentId, version }) {
      const state = stateOf(lgCode);
      const id = state.residence.get(residentId) ?? refuse('NOT_REGISTERED', 'no such resident in this town');
      const history = state.histories.get(id) as Household[];
      const current = versionName(journal.epoch, lgCode, id, history.length);
      if (version !== undefined && version !== current)
        refuse('RECORD_CHANGED', 'the household has another version now');
      return toRecord(lgCode, history.at(-1) as Household, current, now());
    },
    readFeed({ lgCode, after, limit }) {
      const { feed } = stateOf(lgCode);
      // seq counts from 1 without gaps: what comes after n begins at index n.
      const events = feed.slice(after, after + limit);
      return { lgCode, events, latest: feed.length, readAt: now().toISOString() };
    },
    readStatusDigest({ lgCode, book, bucket }) {
      const state = stateOf(lgCode);
      const lines = statusLines(state, book);
      return {
        lgCode,
        latest: state.feed.length,
        readAt: now().toISOString(),
        ...(bucket === undefined
          ? { digests: statusDigestsOf(lines, sha256) }
          : { lines: lines.filter(({ id }) => statusBucketOf(id, sha256) === bucket) }),
      };
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

function begin(town: Town): TownState {
  return {
    town,
    histories: new Map(town.households.map((household) => [household.householdId, [household]])),
    residence: new Map(
      town.households.flatMap(({ householdId, members }) => members.map(({ residentId }) => [residentId, householdId])),
    ),
    feed: [],
  };
}

function draftOf({ histories, residence }: TownState, changes: readonly RegistryChange[]): Draft {
  const draft = new Draft({
    findHousehold: (householdId) => histories.get(householdId)?.at(-1),
    findHouseholdIdOf: (residentId) => residence.get(residentId),
    householdCount: histories.size,
  });
  for (const change of changes) draft.apply(change);
  return draft;
}

/** Nothing here waits, so no reader can come in between. */
function commit({ histories, residence, feed }: TownState, draft: Draft, at: string): void {
  for (const [id, household] of draft.households) histories.set(id, [...(histories.get(id) ?? []), household]);
  for (const [residentId, id] of draft.residence) residence.set(residentId, id);
  for (const fact of draft.facts) feed.push({ ...fact, seq: feed.length + 1, at });
}

/** Counted afresh each time: nothing that could fall out of step with the books. */
function statusLines({ histories, feed }: TownState, book: ReadStatusDigest['book']): StatusLineOfBook[] {
  if (book === 'seals') return [];
  const told = new Map(
    feed.filter(({ type }) => !type.startsWith('cert-')).map(({ residentId, seq }) => [residentId, seq]),
  );
  return [...histories.values()].flatMap((history) =>
    (history.at(-1)?.members ?? []).map((member) => ({
      id: member.residentId,
      version: told.get(member.residentId) ?? 0,
      state: isPresent(member) ? ('present' as const) : ('gone' as const),
    })),
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Opaque: says neither what the household is nor how often it changed. */
function versionName(epoch: string, lgCode: string, householdId: string, count: number): string {
  return createHash('sha256')
    .update(JSON.stringify([epoch, lgCode, householdId, count]))
    .digest('hex')
    .slice(0, 32);
}

function toRecord(lgCode: string, household: Household, version: string, readAt: Date): RegistryRecord {
  return {
    lgCode,
    version,
    readAt: readAt.toISOString(),
    address: household.address,
    headName: headOf(household.members)?.name ?? '',
    members: structuredClone([...household.members]),
  };
}
