/**
 * 共同利用: two municipalities on one issuing server. No statement leaves the schema of its municipality, no request crosses, and what
 * slows one down is not felt in the other.
 */

import { createPublicKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { type Database, type Sql, type TestDatabase, testDatabase } from '@machikado/database';
import { issuerMigrations, parseStaffLine, runStaffCommand } from '@machikado/issuer';
import { readBindingRecord } from '@machikado/pki';
import { type IssuerOrder, issuerEndpoints, type Offers, type ProvenSession } from '@machikado/protocol';
import { type Client, createClient } from '@machikado/server';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Chain, openChain, WITHOUT_JOBS } from './open-chain.ts';
import { logIn, newOrderId } from './raw-kiosk.ts';

const A = '990019';
const B = '990027';
const KIND = 'resident-record';
const P384 = { algorithm: 'ecdsa-p384-sha384', withoutSignatureCert: true } as const;
/** Of one municipality at once. */
const PLACES = 3;

let chain: Chain;
let database: TestDatabase;
let server: Client;
const logins = new Map<string, { sessionId: string } & ProvenSession>();
const offers = new Map<string, Offers>();
/** Every statement with the schema that it ran in. */
const statements: {
  readonly schema: string | undefined;
  readonly text: string;
  readonly params: readonly unknown[];
}[] = [];

beforeAll(async () => {
  database = await testDatabase(issuerMigrations, { schemas: [`m${A}`, `m${B}`] });
  chain = await openChain({
    ...WITHOUT_JOBS,
    databases: { issuer: database },
    issuerOverrides: (ports) => ({ ...ports, database: watched(database.db) }),
    issuerConfig: { ...WITHOUT_JOBS.issuerConfig, inFlightMaxPerMunicipality: PLACES },
  });
  const cards = new Map([
    [A, await chain.orderCard(A, 'single', P384)],
    [B, await chain.orderCard(B, 'single', P384)],
  ]);
  await chain.passTheNight();
  const port = chain.plan.issuers[0]?.port;
  server = createClient({
    baseUrl: `https://127.0.0.1:${port}`,
    tls: chain.pki.peer('center-1'),
    pool: 2 * PLACES + 2,
  });
  for (const [lgCode, card] of cards) {
    logins.set(lgCode, await logIn(chain, card.file));
    offers.set(lgCode, await askOffers(lgCode));
  }
}, 120_000);
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  await server?.close();
  await chain?.close();
  await database?.drop();
});

function watched(db: Database): Database {
  const noting = (sql: Sql, schema: string | undefined): Sql => {
    const note =
      <R>(run: (text: string, params?: readonly unknown[]) => R) =>
      (text: string, params?: readonly unknown[]) => {
        statements.push({ schema, text, params: params ?? [] });
        return run(text, params);
      };
    return {
      query: note(sql.query) as Sql['query'],
      one: note(sql.one) as Sql['one'],
      maybe: note(sql.maybe) as Sql['maybe'],
      run: note(sql.run),
    };
  };
  return {
    ...noting(db, undefined),
    transaction: (work, options) => db.transaction((tx) => work(noting(tx, options?.schema)), options),
    close: () => db.close(),
  };
}

function must<T>(found: T | undefined): T {
  if (found === undefined) throw new RangeError('not there');
  return found;
}
const ports = () => must(chain.issuers[0]).ports;
const codeOf = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => 'done',
    (error) => error.code ?? 'failed',
  );
function askOffers(lgCode: string, ofLogin = lgCode): Promise<Offers> {
  const { sessionId, proof } = must(logins.get(ofLogin));
  return server.call(issuerEndpoints.issuerOffers, { body: { sessionId, lgCode, proof } });
}
function orderOf(lgCode: string, change: Partial<IssuerOrder> = {}): IssuerOrder {
  const { sessionId, proof } = must(logins.get(lgCode));
  const { offers: menu, persons } = must(offers.get(lgCode));
  const offer = must(menu.find(({ kind }) => kind === KIND));
  const self = must(persons.find(({ isSelf, personRef }) => isSelf && (offer.personRefs?.includes(personRef) ?? true)));
  const selection = {
    kind: offer.kind,
    scope: 'self',
    personRefs: [self.personRef],
    items: [],
    copies: 1,
    feeYen: offer.feeYen,
  } as const;
  return {
    ...{ orderId: newOrderId(), sessionId, lgCode, test: false, proof },
    selection: { ...selection, personRefs: [...selection.personRefs], items: [] },
    ...change,
  };
}
const place = (order: IssuerOrder) => server.call(issuerEndpoints.issuerOrder, { body: order });
async function numberIn(answer: ReturnType<typeof place>, lgCode: string): Promise<string> {
  const { signing } = must(ports().municipalities.find(lgCode)).keys;
  const keys = new Map([[signing.kid, createPublicKey(signing.privateKey)]]);
  return (await readBindingRecord(must((await answer).copies[0]).bindingRecord, keys)).issueNumber;
}
const tell = (lgCode: string, orderId: string, issueNumber?: string) =>
  codeOf(
    server.call(issuerEndpoints.issuerOutcome, {
      params: { orderId },
      body: { orderId, lgCode, copies: issueNumber ? [{ issueNumber, outcome: 'output' }] : [] },
    }),
  );
const rowsOf = (lgCode: string, table: string) => database.ownerDb.query(`select * from m${lgCode}.${table}`);

describe('no query can cross', () => {
  test('every statement runs in the schema of one municipality, under its code, and names no schema itself', async () => {
    statements.length = 0;
    for (const lgCode of [A, B]) {
      await place(orderOf(lgCode));
      await askOffers(lgCode);
    }
    await chain.passTheNight();
    await server.call(issuerEndpoints.issuerStatus, {});
    expect(statements.length).toBeGreaterThan(80);
    for (const { schema, text, params } of statements) {
      const own = [A, B].find((lgCode) => schema === `m${lgCode}`);
      expect(own, text).toBeDefined();
      expect(text).not.toMatch(/m9900|search_path|set role/i);
      expect(JSON.stringify(params), text).not.toContain(own === A ? B : A);
      if (text.includes('lg_code')) expect(params, text).toContain(own);
    }
  });

  test('a connection is back in no schema at all when its transaction is over', async () => {
    const bare = await database.db.query<{ path: string }>(`select current_setting('search_path') as path`);
    expect(bare[0]?.path).not.toContain('m9900');
    await expect(database.db.query('select 1 from registration')).rejects.toThrow(/does not exist/);
  });

  test('every table of a municipality takes rows of that municipality only', async () => {
    const columns = await database.ownerDb.query<{ table: string; domain: string | null }>(
      `select t.table_name as table, c.domain_schema || '.' || c.domain_name as domain
       from information_schema.tables t left join information_schema.columns c
         on c.table_schema = t.table_schema and c.table_name = t.table_name and c.column_name = 'lg_code'
       where t.table_schema = 'm${A}' and t.table_type = 'BASE TABLE' and t.table_name <> 'schema_migrations'`,
    );
    expect(columns.length).toBeGreaterThan(12);
    expect(columns.filter(({ domain }) => domain !== `m${A}.own_lg_code`)).toEqual([]);
    const foreign = `insert into m${A}.book_line (lg_code, book, id, version, state) values ('${B}', 'seals', 'x', 1, 'active')`;
    await expect(database.ownerDb.query(foreign)).rejects.toThrow(/own_lg_code/);
  });

  test('the code has one door to the tables', () => {
    const src = new URL('../apps/issuer/src/', import.meta.url);
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /(?<!\.test)\.ts$/.test(file),
    );
    const doors = files.filter(
      (file) =>
        !file.startsWith('testing/') && /\.transaction\(|openDatabase\(/.test(readFileSync(new URL(file, src), 'utf8')),
    );
    expect(doors.sort()).toEqual(['adapters/postgres-store.ts', 'compose.ts', 'migrate.ts']);
  });
});

describe('a crossed request is refused', () => {
  test('an order for one town with the proof of a resident of the other', async () => {
    expect(await codeOf(askOffers(A, B))).toBe('NOT_REGISTERED');
    const { sessionId, proof } = must(logins.get(B));
    expect(await codeOf(place(orderOf(A, { sessionId, proof })))).toBe('NOT_REGISTERED');
  });

  test('an order with a session of the other town, or with its references of persons', async () => {
    const { sessionId } = must(logins.get(B));
    expect(await codeOf(place(orderOf(A, { sessionId })))).toBe('PROOF_REFUSED');
    const { selection } = orderOf(A);
    const { personRefs } = orderOf(B).selection;
    expect(await codeOf(place(orderOf(A, { selection: { ...selection, personRefs } })))).not.toBe('done');
    expect(await codeOf(place(orderOf(A)))).toBe('done');
  });

  test('an outcome that names an order or an issue number of the other town', async () => {
    const order = orderOf(A);
    const issueNumber = await numberIn(place(order), A);
    expect(await tell(B, order.orderId, issueNumber)).toBe('ORDER_UNKNOWN');
    const other = orderOf(B);
    const otherNumber = await numberIn(place(other), B);
    expect(await tell(A, order.orderId, otherNumber)).toBe('ORDER_UNKNOWN');
    // Given up in the wrong town, an order is dead there and stands here.
    expect(await tell(B, order.orderId)).toBe('done');
    expect(await rowsOf(A, `issue_number where order_id = '${order.orderId}'`)).toMatchObject([{ state: 'issued' }]);
    expect(await tell(A, order.orderId, issueNumber)).toBe('done');
  });

  test('staff of one town see and change nothing of the other', async () => {
    const order = orderOf(A);
    await place(order);
    const staff = (command: string, ...words: string[]) =>
      runStaffCommand(
        parseStaffLine([command, '--lg-code', B, '--staff', 'shokuin-1', '--reason', 'asked', ...words]),
        ports(),
      );
    expect((await staff('show-record', '--order', order.orderId)).join('')).not.toContain(KIND);
    await database.ownerDb.query(
      `insert into m${A}.suspension (lg_code, suspension_id, kind, cause, suspended_at) values ('${A}', 'x', '${KIND}', 'test', now())`,
    );
    expect(await staff('release-suspension', '--kind', KIND)).toEqual(['was not suspended']);
    expect(await codeOf(place(orderOf(A)))).toBe('MUNICIPALITY_SUSPENDED');
    expect(await codeOf(place(orderOf(B)))).toBe('done');
    await database.ownerDb.query(`update m${A}.suspension set released_at = now()`);
  });
});

describe('what slows one town down', () => {
  test('a registry that hangs fills the places of its own town and no others', async () => {
    const { registry } = ports();
    const { readRecord, readFeed } = registry;
    let letGo = () => {};
    const hanging = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let waiting = 0;
    let allWait = () => {};
    const full = new Promise<void>((resolve) => {
      allWait = resolve;
    });
    vi.spyOn(registry, 'readRecord').mockImplementation(async (question, deadline) => {
      if (question.lgCode === A) {
        waiting += 1;
        if (waiting === PLACES) allWait();
        await hanging;
      }
      return readRecord(question, deadline);
    });
    vi.spyOn(registry, 'readFeed').mockImplementation(async (question) => {
      if (question.lgCode === A) await hanging;
      return readFeed(question);
    });
    const held = Array.from({ length: PLACES }, () => codeOf(askOffers(A)));
    await full;
    expect(await codeOf(askOffers(A))).toBe('TOO_BUSY');
    for (const _ of [1, 2, 3]) expect(await codeOf(place(orderOf(B)))).toBe('done');
    expect((await askOffers(B)).lgCode).toBe(B);
    const { municipalities } = await server.call(issuerEndpoints.issuerStatus, {});
    expect(municipalities.map(({ lgCode }) => lgCode)).toEqual([A, B]);
    letGo();
    expect(await Promise.all(held)).toEqual(held.map(() => 'done'));
    expect(await codeOf(place(orderOf(A)))).toBe('done');
  });

  test('a mismatch in one town stops nothing in the other', async () => {
    const { registry } = ports();
    const { readRecord } = registry;
    vi.spyOn(registry, 'readRecord').mockImplementation(async (question, deadline) => {
      const honest = await readRecord(question, deadline);
      return question.lgCode === A ? { ...honest, lgCode: B } : honest;
    });
    expect(await codeOf(place(orderOf(A)))).toBe('INSPECTION_FAILED');
    expect(await codeOf(place(orderOf(B)))).toBe('done');
    vi.restoreAllMocks();
    expect(await codeOf(place(orderOf(A)))).toBe('MUNICIPALITY_SUSPENDED');
    await database.ownerDb.query(`update m${A}.suspension set released_at = now()`);
  });

  test('seals, fees, keys and hours are of each town’s own', async () => {
    const [a, b] = [A, B].map((lgCode) => must(ports().municipalities.find(lgCode)));
    const secrets = (town = must(a)) => [
      town.keys.signing.kid,
      ...[town.keys.bindingKey, town.keys.residentRefSecret].map((key) => Buffer.from(key).toString('hex')),
    ];
    expect(secrets(a).filter((secret) => secrets(b).includes(secret))).toEqual([]);
    expect(must(a).mayors.at(-1)?.value.sealSvg).not.toBe(must(b).mayors.at(-1)?.value.sealSvg);
    const feeOf = (lgCode: string) => must(offers.get(lgCode)).offers.find(({ kind }) => kind === KIND)?.feeYen;
    expect(feeOf(A)).not.toBe(feeOf(B));
    chain.setBusinessTime('2026-11-24T12:00:00.000Z');
    expect([await codeOf(place(orderOf(A))), await codeOf(place(orderOf(B)))]).toEqual(['done', 'SERVICE_CLOSED']);
    chain.setBusinessTime('2026-11-24T01:00:00.000Z');
  });
});
