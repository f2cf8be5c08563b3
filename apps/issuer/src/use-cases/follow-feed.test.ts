import { setTimeout as sleep } from 'node:timers/promises';
import type { FeedEvent, FeedPage } from '@machikado/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Municipality, Ports } from '../ports.ts';
import { feedPosition } from '../store/feed-book.ts';
import { type Bench, createBench, NOON, YUNAGI } from '../testing/issuer-bench.ts';
import { followFeed, isFeedDue } from './follow-feed.ts';
import { publishDirectory } from './publish-directory.ts';
import { recordRegistration } from './record-registration.ts';

const anchor = 'a'.repeat(64);
const at = (day: number) => `2026-11-${String(day).padStart(2, '0')}T03:00:00Z`;
const registered = (seq: number, residentId: string, serial: string): FeedEvent => ({
  ...{ seq, type: 'cert-registered', residentId, anchor, serial, medium: 'card', at: at(1) },
});

let bench: Bench;
let town: Municipality;
let feed: FeedEvent[];
beforeAll(async () => {
  bench = await createBench();
  town = bench.towns.get(YUNAGI) as Municipality;
});
afterAll(() => bench.close());
beforeEach(async () => {
  feed = [];
  bench.clock.now = NOON;
  bench.published.length = 0;
  const tables = ['registration_event', 'registration', 'directory_outbox', 'book_line']
    .map((t) => `m${YUNAGI}.${t}`)
    .join(', ');
  await bench.database.ownerDb.query(`truncate ${tables}`);
  await bench.database.ownerDb.query(`update m${YUNAGI}.feed set seq = 0, run = 0, followed_at = null`);
});

/** Serves the events in pages of `size`; a page can be made odd. */
function portsWith(size: number, change: (page: FeedPage) => FeedPage = (page) => page): Ports {
  const readFeed: Ports['registry']['readFeed'] = async ({ lgCode, after }) => {
    const events = feed.filter((event) => event.seq > after).slice(0, size);
    return change({ lgCode, events, latest: Math.max(0, ...feed.map((e) => e.seq)), readAt: NOON.toISOString() });
  };
  return { ...bench.ports, registry: { ...bench.ports.registry, readFeed } };
}
const states = async () =>
  Object.fromEntries(
    (
      await bench.rows<{ serial: string; s: string }>('select serial, coalesce(ended_by, state) as s from registration')
    ).map(({ serial, s }) => [serial, s]),
  );
/** Whoever wants to change registrations now waits for somebody who is at it. */
async function someoneWaits() {
  const waiting = `select 1 from pg_locks where locktype = 'advisory' and not granted
    and database = (select oid from pg_database where datname = current_database())`;
  while ((await bench.database.ownerDb.query(waiting)).length === 0) await sleep(5);
}
const position = () => bench.ports.store.inMunicipality(YUNAGI, feedPosition);
async function publishAll() {
  while ((await publishDirectory(town, bench.ports)).kind === 'published');
}

describe('the nightly feed', () => {
  test('is read page by page to its end and says from when on it is known', async () => {
    feed = [
      registered(1, 'r1', '01'),
      registered(2, 'r2', '02'),
      { seq: 3, type: 'died', residentId: 'r2', at: at(2) },
    ];
    await followFeed(town, portsWith(1));
    expect(await states()).toEqual({ '01': 'active', '02': 'died' });
    expect(await position()).toEqual({ seq: 3, run: 1, followedAt: NOON, runAt: null });
  });

  test('goes on after a break where it stood, and ends as if there had been none', async () => {
    feed = [registered(1, 'r1', '01'), registered(2, 'r2', '02'), registered(3, 'r3', '03')];
    let pages = 0;
    const breaking = portsWith(1, (page) => {
      pages += 1;
      if (pages === 3) throw new Error('the line breaks');
      return page;
    });
    await expect(followFeed(town, breaking)).rejects.toThrow();
    expect(await position()).toEqual({ seq: 2, run: 0, followedAt: null, runAt: null });
    await followFeed(town, portsWith(1));
    expect(await states()).toEqual({ '01': 'active', '02': 'active', '03': 'active' });
  });

  test('can be read any number of times, by any number of servers at once', async () => {
    feed = [registered(1, 'r1', '01'), { seq: 2, type: 'moved-out', residentId: 'r1', at: at(2) }];
    await Promise.all([followFeed(town, portsWith(1)), followFeed(town, portsWith(1)), followFeed(town, portsWith(2))]);
    await followFeed(town, portsWith(2));
    expect(await states()).toEqual({ '01': 'moved-out' });
    expect(await bench.rows('select 1 from registration_event')).toHaveLength(2);
  });

  test.each<[string, (page: FeedPage) => FeedPage]>([
    ['is of another town', (page) => ({ ...page, lgCode: '990027' })],
    ['promises more and gives nothing', (page) => ({ ...page, events: [], latest: 9 })],
    [
      'tells an event about a cert without the cert',
      (page) => ({ ...page, events: [{ ...registered(1, 'r1', '01'), serial: undefined } as unknown as FeedEvent] }),
    ],
  ])('is refused whole when it %s', async (_, change) => {
    feed = [registered(1, 'r1', '01')];
    await expect(followFeed(town, portsWith(5, change))).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' });
    expect(await states()).toEqual({});
    expect((await position()).followedAt).toBeNull();
  });

  test('that goes backwards, or tells an old event in other words, is refused and nothing changes', async () => {
    feed = [registered(1, 'r1', '01'), registered(2, 'r2', '02')];
    await followFeed(town, portsWith(5));
    const whole = feed;
    feed = [registered(1, 'r1', '01')];
    await expect(followFeed(town, portsWith(5))).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' });
    feed = [registered(1, 'somebody-else', '01'), ...whole.slice(1)];
    await expect(followFeed(town, portsWith(5))).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' });
    expect(await states()).toEqual({ '01': 'active', '02': 'active' });
  });

  test('is due once a night, and at once when it never ran or the clock was set back', () => {
    const after = (iso: string | null, now: string) =>
      isFeedDue({ runAt: iso === null ? null : new Date(iso) }, town, new Date(now));
    expect(after(null, '2026-11-20T03:00:00Z')).toBe(true);
    // 02:00 in Japan is 17:00 UTC of the day before.
    expect(after('2026-11-19T17:00:01Z', '2026-11-20T16:59:59Z')).toBe(false);
    expect(after('2026-11-19T17:00:01Z', '2026-11-20T17:00:00Z')).toBe(true);
    expect(after('2026-11-19T16:59:59Z', '2026-11-20T03:00:00Z')).toBe(true);
    expect(after('2026-11-21T00:00:00Z', '2026-11-20T03:00:00Z')).toBe(true);
  });
});

describe('the book of seals', () => {
  const seal = (
    seq: number,
    type: FeedEvent['type'],
    registrationId: string,
    registrationVersion: number,
  ): FeedEvent => ({
    ...{ seq, type, residentId: 'r1', registrationId, registrationVersion, at: at(1) },
  });
  const lines = async () =>
    Object.fromEntries(
      (
        await bench.rows<{ id: string; line: string }>(`select id, version || ' ' || state as line from book_line
         where book = 'seals' order by id`)
      ).map(({ id, line }) => [id, line]),
    );
  const life = [
    seal(1, 'seal-registered', 's1', 1),
    seal(2, 'seal-suspended', 's1', 2),
    seal(3, 'seal-resumed', 's1', 3),
    seal(4, 'seal-cancelled', 's1', 4),
    seal(5, 'seal-registered', 's2', 1),
  ];

  test('follows each registration, and a new one is a new id', async () => {
    for (const n of [1, 2, 3]) {
      feed = life.slice(0, n);
      await followFeed(town, portsWith(5));
      expect(await lines()).toEqual({ s1: `${n} ${n === 2 ? 'suspended' : 'active'}` });
    }
    feed = life;
    await followFeed(town, portsWith(2));
    expect(await lines()).toEqual({ s1: '4 cancelled', s2: '1 active' });
  });

  test('is read off events in any order, repeated or lost, and a cancelled registration never comes back', async () => {
    const again = (event: FeedEvent, seq: number): FeedEvent => ({ ...event, seq });
    for (const order of [
      [4, 3, 2, 1],
      [2, 4, 1, 3],
      [4, 3],
      [1, 4, 2, 2],
      [4, 1, 1],
    ]) {
      await bench.database.ownerDb.query(`truncate m${YUNAGI}.book_line`);
      await bench.database.ownerDb.query(`update m${YUNAGI}.feed set seq = 0`);
      feed = order.flatMap((n, i) => life.slice(n - 1, n).map((event) => again(event, i + 1)));
      for (const size of [1, 2]) await followFeed(town, portsWith(size));
      expect(await lines()).toMatchObject({ s1: expect.stringMatching(/cancelled$/) });
      feed = [...feed, again(seal(0, 'seal-resumed', 's1', 99), feed.length + 1)];
      await followFeed(town, portsWith(3));
      expect(await lines()).toEqual({ s1: '99 cancelled' });
    }
  });

  test('cannot be made to revive one, not even by a mistake in a statement', async () => {
    feed = life;
    await followFeed(town, portsWith(5));
    await expect(bench.rows(`update book_line set state = 'active' where id = 's1'`)).rejects.toThrow(
      /never comes back/,
    );
  });

  test.each<[string, FeedEvent[]]>([
    ['names no registration', [{ seq: 1, type: 'seal-registered', residentId: 'r1', at: at(1) }]],
    [
      'gives one registration to two residents',
      [seal(1, 'seal-registered', 's1', 1), { ...seal(2, 'seal-resumed', 's1', 2), residentId: 'r2' }],
    ],
  ])('is not written from a feed that %s', async (_, events) => {
    feed = events;
    await expect(followFeed(town, portsWith(5))).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' });
    expect(await lines()).toEqual({});
  });
});

describe('the counter', () => {
  const cert = { anchor, serial: '0a' };
  const told = (type: 'registered' | 'withdrawn') =>
    recordRegistration(
      { type, residentId: 'r1', cert, medium: 'card', role: 'residence', staff: 'yunagi-clerk-1' },
      town,
      bench.ports,
    );

  test('registers a cert that is usable from the next nightly feed on', async () => {
    await followFeed(town, portsWith(5));
    await told('registered');
    expect(await states()).toEqual({ '0a': 'pending' });
    await publishAll();
    expect(bench.published).toEqual([]);
    await followFeed(town, portsWith(5));
    expect(await states()).toEqual({ '0a': 'active' });
  });

  test('withdraws a cert at once and for good', async () => {
    await told('registered');
    await followFeed(town, portsWith(5));
    await told('withdrawn');
    expect(await states()).toEqual({ '0a': 'withdrawn' });
    feed = [registered(1, 'r1', '0a')];
    await followFeed(town, portsWith(5));
    expect(await states()).toEqual({ '0a': 'withdrawn' });
  });

  test('withdraws a cert for good also in the very moment in which a nightly run ends', async () => {
    await told('registered');
    let withdrawing: Promise<void> | undefined;
    const inMunicipality: Ports['store']['inMunicipality'] = (lgCode, work) =>
      bench.ports.store.inMunicipality(lgCode, (tx) =>
        work({
          ...tx,
          async query<R>(text: string, params?: readonly unknown[]) {
            const rows = await tx.query<R>(text, params);
            // The run has read the facts and not yet written what they mean.
            if (text.includes('recursive mine') && rows.length > 0 && !withdrawing) {
              withdrawing = told('withdrawn');
              await Promise.race([withdrawing, someoneWaits()]);
            }
            return rows;
          },
        }),
      );
    await followFeed(town, { ...portsWith(5), store: { inMunicipality } });
    expect(withdrawing).toBeDefined();
    await withdrawing;
    expect(await states()).toEqual({ '0a': 'withdrawn' });
    const news = await bench.rows<{ payload: { active: boolean; version: number } }>(
      `select payload from directory_outbox order by (payload ->> 'version')::int`,
    );
    expect(news.map(({ payload }) => payload.active)).toEqual([true, false]);
  });

  test('registers a cert that a later run makes usable when its own run has passed it by', async () => {
    await told('registered');
    await bench.database.ownerDb.query(`update m${YUNAGI}.feed set run = 5`);
    await followFeed(town, portsWith(5));
    expect(await states()).toEqual({ '0a': 'active' });
  });
});

describe('the directory', () => {
  test('hears of every change once, without serials, with rising versions', async () => {
    feed = [registered(1, 'r1', '0123456789')];
    await followFeed(town, portsWith(5));
    await publishAll();
    feed = [...feed, { seq: 2, type: 'moved-out', residentId: 'r1', at: at(5) }];
    await followFeed(town, portsWith(5));
    await publishAll();
    await publishAll();
    const entries = bench.published.flatMap((message) => message.entries);
    expect(entries.map(({ version, active, role }) => ({ version, active, role }))).toEqual([
      { version: 1, active: true, role: 'residence' },
      { version: 2, active: false, role: 'residence' },
    ]);
    expect(new Set(entries.map((entry) => entry.certRef)).size).toBe(1);
    expect(JSON.stringify(bench.published)).not.toContain('0123456789');
  });

  test('hears under which role a cert is known, and of the end of the old one when it changes', async () => {
    feed = [{ ...registered(1, 'r1', '01'), role: 'registered-domicile' }];
    await followFeed(town, portsWith(5));
    feed = [
      ...feed,
      { seq: 2, type: 'moved-in', residentId: 'r1', at: at(2) },
      { ...registered(3, 'r1', '01'), at: at(3) },
    ];
    await followFeed(town, portsWith(5));
    feed = [...feed, { seq: 4, type: 'moved-out', residentId: 'r1', at: at(4) }];
    await followFeed(town, portsWith(5));
    await publishAll();
    const told = bench.published.flatMap((message) => message.entries);
    const known = (role: string) =>
      told
        .filter((entry) => entry.role === role)
        .sort((a, b) => a.version - b.version)
        .map(({ active }) => active);
    expect(known('registered-domicile')).toEqual([true, false, true]);
    expect(known('residence')).toEqual([true, false]);
  });

  test('hears of it later when the center does not answer: nothing is lost', async () => {
    feed = [registered(1, 'r1', '01')];
    await followFeed(town, portsWith(5));
    const down = { publish: () => Promise.reject(new Error('unreachable')) };
    expect(await publishDirectory(town, { ...bench.ports, directory: down })).toMatchObject({ kind: 'postponed' });
    expect(await publishDirectory(town, bench.ports)).toEqual({ kind: 'idle' });
    bench.clock.now = new Date(NOON.getTime() + 60_000);
    expect(await publishDirectory(town, bench.ports)).toEqual({ kind: 'published', count: 1 });
  });
});
