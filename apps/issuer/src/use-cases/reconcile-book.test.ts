import { createHash } from 'node:crypto';
import { type FeedEvent, type StatusLineOfBook, statusBucketOf, statusDigestsOf } from '@machikado/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Municipality, Ports } from '../ports.ts';
import { type BookLine, isEnded, mergeLines, settleLine } from '../registration/book-line.ts';
import { feedPosition } from '../store/feed-book.ts';
import { type Bench, createBench, NOON, YUNAGI } from '../testing/issuer-bench.ts';
import { doubtfulBooks } from './feed-age.ts';
import { isFeedDue } from './follow-feed.ts';
import { keepBooks } from './keep-books.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const anchor = 'a'.repeat(64);

let bench: Bench;
let town: Municipality;
/** The registry: what its feed told, and how its books really stand. */
let feed: FeedEvent[];
let residents: StatusLineOfBook[];
let seals: StatusLineOfBook[];
beforeAll(async () => {
  bench = await createBench();
  town = bench.towns.get(YUNAGI) as Municipality;
});
afterAll(() => bench.close());
beforeEach(async () => {
  [feed, residents, seals] = [[], [], []];
  bench.clock.now = NOON;
  bench.logLines.length = 0;
  const tables = ['registration_event', 'registration', 'directory_outbox', 'book_line', 'delivery_record'];
  await bench.database.ownerDb.query(`truncate ${tables.map((table) => `m${YUNAGI}.${table}`).join(', ')}`);
  await bench.database.ownerDb.query(`update m${YUNAGI}.feed set seq = 0, run = 0, followed_at = null, run_at = null`);
  await bench.database.ownerDb.query(`update m${YUNAGI}.book set reconciled_at = null, differs = false`);
});

type Digest = Ports['registry']['readStatusDigest'];
const honest: Digest = async ({ lgCode, book, bucket }) => {
  const lines = book === 'residents' ? residents : seals;
  return {
    ...{ lgCode, latest: feed.length, readAt: bench.clock.now.toISOString() },
    ...(bucket === undefined
      ? { digests: statusDigestsOf(lines, sha256) }
      : { lines: lines.filter(({ id }) => statusBucketOf(id, sha256) === bucket) }),
  };
};
function registry(readStatusDigest: Digest = honest): Ports {
  const readFeed: Ports['registry']['readFeed'] = async ({ lgCode, after }) => {
    const events = feed.filter(({ seq }) => seq > after);
    return { lgCode, events, latest: feed.length, readAt: bench.clock.now.toISOString() };
  };
  return { ...bench.ports, registry: { ...bench.ports.registry, readFeed, readStatusDigest } };
}
const told = (event: Omit<FeedEvent, 'seq' | 'at'>) => {
  feed.push({ ...event, seq: feed.length + 1, at: new Date(NOON.getTime() - 86_400_000 + feed.length).toISOString() });
};
const registered = (residentId: string, serial: string) =>
  told({ type: 'cert-registered', residentId, anchor, serial });
const states = async () =>
  Object.fromEntries(
    (
      await bench.rows<{ serial: string; s: string }>('select serial, coalesce(ended_by, state) as s from registration')
    ).map(({ serial, s }) => [serial, s]),
  );
const sealLines = async () =>
  (
    await bench.rows<{ line: string }>(`select id || ' ' || version || ' ' || state as line from book_line
    where book = 'seals' order by id`)
  ).map(({ line }) => line);
const records = () => bench.rows<{ event: string; body: string }>('select event, body from delivery_record order by n');
const doubtful = () => bench.ports.store.inMunicipality(YUNAGI, (tx) => doubtfulBooks(tx, town, bench.clock.now));
const alarms = () => bench.logLines.filter((line) => line.includes('"error"'));
const refused = { code: 'REGISTRY_UNAVAILABLE' };

describe('the nightly comparison', () => {
  test('learns both books the first time, without a word to staff', async () => {
    residents = [
      { id: 'r1', version: 0, state: 'present' },
      { id: 'r2', version: 0, state: 'domicile' },
    ];
    seals = [{ id: 's1', version: 1, state: 'active', residentId: 'r1' }];
    expect(await doubtful()).toEqual(new Set(['residents', 'seals']));
    expect(await keepBooks(town, registry())).toBe('kept');
    expect(await doubtful()).toEqual(new Set());
    expect([await sealLines(), await records(), alarms()]).toEqual([['s1 1 active'], [], []]);
  });

  test('takes over the 廃印 that the feed lost, and tells staff by id and nothing else', async () => {
    told({ type: 'seal-registered', residentId: 'r1', registrationId: 's1', registrationVersion: 1 });
    seals = [{ id: 's1', version: 2, state: 'cancelled', residentId: 'r1' }];
    await keepBooks(town, registry());
    expect(await sealLines()).toEqual(['s1 2 cancelled']);
    expect(await records()).toEqual([{ event: 'book-differed', body: '{"book":"seals","kept":[],"taken":["s1"]}' }]);
    expect(alarms()).toEqual([expect.stringContaining('book-differed')]);
  });

  test('never revives what was cancelled here, and says so every night', async () => {
    told({ type: 'seal-cancelled', residentId: 'r1', registrationId: 's1', registrationVersion: 3 });
    seals = [{ id: 's1', version: 9, state: 'active', residentId: 'r1' }];
    for (const nights of [1, 2]) {
      await keepBooks(town, registry());
      expect(await sealLines()).toEqual(['s1 3 cancelled']);
      expect((await records()).filter(({ body }) => body.includes('"kept":["s1"]'))).toHaveLength(nights);
    }
  });

  test('ends a registration that the registry does not know any more', async () => {
    told({ type: 'seal-registered', residentId: 'r1', registrationId: 's1', registrationVersion: 1 });
    await keepBooks(town, registry());
    expect(await sealLines()).toEqual(['s1 1 cancelled']);
  });

  test('ends 利用者登録 of those of whose 転出, 死亡 or 消除 the feed said nothing', async () => {
    for (const n of [1, 2, 3]) registered(`r${n}`, `0${n}`);
    residents = [1, 2, 3].map((n) => ({ id: `r${n}`, version: 0, state: 'present' }));
    await keepBooks(town, registry());
    expect(await states()).toEqual({ '01': 'active', '02': 'active', '03': 'active' });
    residents = [
      { id: 'r1', version: 0, state: 'gone' },
      { id: 'r2', version: 0, state: 'domicile' },
      { id: 'r3', version: 0, state: 'present' },
    ];
    await keepBooks(town, registry());
    expect(await states()).toEqual({ '01': 'removed', '02': 'moved-out', '03': 'active' });
    expect((await records()).at(-1)?.body).toContain('"taken":["r1","r2"]');
    residents = residents.map((line) => ({ ...line, state: 'present' as const }));
    await keepBooks(town, registry());
    expect(await states()).toEqual({ '01': 'removed', '02': 'moved-out', '03': 'active' });
  });

  test('asks for 継続利用 from those who moved out and in without a word of the feed', async () => {
    registered('r1', '01');
    residents = [{ id: 'r1', version: 0, state: 'present' }];
    await keepBooks(town, registry());
    residents = [{ id: 'r1', version: 1, state: 'present' }];
    await keepBooks(town, registry());
    expect(await states()).toEqual({ '01': 'moved-out' });
  });

  test('does not wonder about the 転出 of somebody whose 本籍 is here', async () => {
    told({ type: 'moved-in', residentId: 'r1' });
    told({ type: 'moved-out', residentId: 'r1' });
    residents = [{ id: 'r1', version: 2, state: 'domicile' }];
    await keepBooks(town, registry());
    expect(await records()).toEqual([]);
  });

  test('follows the feed again when the books moved on meanwhile', async () => {
    let asked = 0;
    const moving: Digest = async (question) => {
      asked += 1;
      if (asked === 1)
        told({ type: 'seal-registered', residentId: 'r1', registrationId: 's1', registrationVersion: 1 });
      seals = feed.length > 0 ? [{ id: 's1', version: 1, state: 'active', residentId: 'r1' }] : [];
      return honest(question);
    };
    expect(await keepBooks(town, registry(moving))).toBe('kept');
    expect([await sealLines(), await records()]).toEqual([['s1 1 active'], []]);
  });

  test('is done once when several servers come at one moment, each with the reading of that moment', async () => {
    residents = [{ id: 'r1', version: 0, state: 'gone' }];
    let readings = 0;
    const later: Digest = async (question) => {
      readings += 1;
      return { ...(await honest(question)), readAt: new Date(NOON.getTime() + readings).toISOString() };
    };
    seals = [{ id: 's1', version: 1, state: 'active', residentId: 'r1' }];
    const said = await Promise.all([1, 2, 3].map(() => keepBooks(town, registry(later))));
    expect(said).toContain('kept');
    expect(await sealLines()).toEqual(['s1 1 active']);
    expect(await bench.rows(`select type from registration_event`)).toEqual([{ type: 'removed' }]);
  });
});

describe('what cannot be settled', () => {
  const known = async () => {
    seals = [{ id: 's1', version: 1, state: 'active', residentId: 'r1' }];
    await keepBooks(town, registry());
    seals = [{ id: 's1', version: 2, state: 'cancelled', residentId: 'r1' }];
  };

  test('a registry that shows a difference and not its lines stops what depends on the book, with one alarm', async () => {
    await known();
    const silent: Digest = (question) =>
      question.bucket === undefined ? honest(question) : Promise.reject(new Error('the line breaks'));
    for (const _ of [1, 2]) await expect(keepBooks(town, registry(silent))).rejects.toThrow('the line breaks');
    expect(await doubtful()).toEqual(new Set(['seals']));
    expect((await records()).map(({ event }) => event)).toEqual(['book-left-unreconciled']);
    expect(alarms()).toHaveLength(1);
    const position = await bench.ports.store.inMunicipality(YUNAGI, feedPosition);
    bench.clock.now = new Date(NOON.getTime() + 86_400_000);
    expect(isFeedDue(position, town, bench.clock.now)).toBe(true);
    await keepBooks(town, registry());
    expect(await doubtful()).toEqual(new Set());
  });

  test.each<[string, Digest]>([
    [
      'lines that are not those of the digest',
      async (q) => ({ ...(await honest(q)), ...(q.bucket !== undefined && { lines: [] }) }),
    ],
    ['another municipality', async (q) => ({ ...(await honest(q)), lgCode: '990027' })],
    ['no digests', async (q) => ({ ...(await honest(q)), digests: undefined }) as never],
  ])('%s are no answer', async (_, odd) => {
    await known();
    await expect(keepBooks(town, registry(odd))).rejects.toMatchObject(refused);
    expect(await sealLines()).toEqual(['s1 1 active']);
  });

  test('a registry that forgot half the town ends nobody until staff say that it is so', async () => {
    seals = Array.from({ length: 60 }, (_, n) => ({
      id: `s${n}`,
      version: 1,
      state: 'active' as const,
      residentId: `r${n}`,
    }));
    await keepBooks(town, registry());
    seals = seals.slice(30);
    await expect(keepBooks(town, registry())).rejects.toMatchObject(refused);
    expect((await sealLines()).filter((line) => line.includes('active'))).toHaveLength(60);
    expect(await doubtful()).toEqual(new Set(['seals']));
    expect(await keepBooks(town, registry(), { acceptEndings: true })).toBe('kept');
    expect((await sealLines()).filter((line) => line.includes('active'))).toHaveLength(30);
  });

  test('a silent registry, or one that repeats an old reading, makes both books too old', async () => {
    await keepBooks(town, registry());
    const hours = (n: number) => new Date(NOON.getTime() + n * 3_600_000);
    bench.clock.now = hours(29);
    expect(await doubtful()).toEqual(new Set());
    const repeated: Digest = async (question) => ({ ...(await honest(question)), readAt: NOON.toISOString() });
    await keepBooks(town, registry(repeated));
    bench.clock.now = hours(31);
    expect(await doubtful()).toEqual(new Set(['residents', 'seals']));
  });
});

describe('lines', () => {
  const line = (book: 'seals' | 'residents'): fc.Arbitrary<BookLine> =>
    fc.record({
      id: fc.constant('x'),
      version: fc.integer({ min: 0, max: 4 }),
      state:
        book === 'seals'
          ? fc.constantFrom('active', 'suspended', 'cancelled')
          : fc.constantFrom('present', 'domicile', 'gone'),
      residentId: fc.constantFrom('r1'),
    });

  test('mean the same in whatever order and however often they were told', () => {
    fc.assert(
      fc.property(fc.array(line('seals'), { minLength: 1, maxLength: 6 }), (lines) => {
        const meaning = (some: readonly BookLine[]) => some.reduce(mergeLines);
        const { version, state } = meaning(lines);
        expect(meaning([...lines].reverse())).toMatchObject({ version, state });
        expect(meaning([...lines, ...lines])).toMatchObject({ version, state });
      }),
    );
  });

  test.each(['seals', 'residents'] as const)('of %s that are taken over never allow more than before', (book) => {
    fc.assert(
      fc.property(line(book), line(book), (mine, theirs) => {
        const verdict = settleLine(mine, theirs);
        const opens = isEnded(mine) && !isEnded(theirs) && theirs.state !== 'domicile';
        if (opens) expect(verdict).toBe('keep');
        if (!isEnded(mine) && isEnded(theirs)) expect(verdict).toBe('take');
      }),
    );
  });
});
