/**
 * 支援措置 must show in nothing but the municipality’s own record. Who is protected, jointly, provisionally or through a member of
 * the household gets the code, the sentence, the messages, their sizes, the log lines and the table rows of any benign refusal;
 * so does whom staff restricted at the issuing server (利用者制限).
 */

import { parseStaffLine, runStaffCommand } from '@machikado/issuer';
import { type EndCode, type Interposer, interpose } from '@machikado/kiosk-agent';
import type { PersonaKey } from '@machikado/registry';
import { sentenceFor } from '@machikado/ui';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { disagreements, openStage, type Stage, takeStock, YUNAGI } from './fault-table.ts';
import type { ChainKiosk } from './open-kiosk.ts';
import { changedTables, type Dump, dumpTables } from './tables.ts';
import { openLine, type TcpLine } from './tcp-line.ts';

/** Why they are refused stands in the issuing server’s own record only. */
const isProtected = ['protected', 'protected-joint', 'protected-provisional', 'family-spouse'] as const;
/** Whom staff restricted, and who lives with somebody whom they restricted. */
const isRestricted = ['former-name', 'three-generations'] as const;
const isBenign = ['under-15', 'missing-glyph', 'missing-sequence', 'in-process', 'leaving', 'too-long-name'] as const;

let stage: Stage;
let kiosk: ChainKiosk;
let toCenter: TcpLine;
let acts: string[] = [];

beforeAll(async () => {
  toCenter = await openLine();
  stage = await openStage({ people: { [YUNAGI]: [...isProtected, ...isRestricted, ...isBenign, 'single', 'couple'] } });
  toCenter.leadTo(stage.chain.plan.centers[0]?.port ?? 0);
  const between: Interposer = { before: (act) => void acts.push(act) };
  const overTheLine = { ...stage.chain, centerUrls: [`https://127.0.0.1:${toCenter.port}`] };
  kiosk = await stage.openKiosk(
    {
      stateDir: `${stage.chain.dir}/watched`,
      outDir: `${stage.chain.dir}/watched/out`,
      wrap: (ports) => interpose(ports, between),
    },
    overTheLine,
  );
  // Somebody else of the household is protected from today on.
  const residentId = stage.residentId('family-head');
  stage.chain.registry.apply(YUNAGI, [{ type: 'protection-set', residentId, protection: 'active' }]);
  const grandmother = stage.household('three-generations').members.at(-1)?.residentId ?? '';
  for (const restricted of [stage.residentId('former-name'), grandmother]) {
    const words = ['restrict', '--lg-code', YUNAGI, '--resident', restricted, '--staff', 'clerk', '--reason', '申出'];
    await runStaffCommand(parseStaffLine(words), stage.issuer);
  }
}, 90_000);
afterAll(async () => {
  await stage?.close();
  await toCenter?.close();
});

interface Seen {
  readonly code: EndCode | 'OK';
  readonly acts: readonly string[];
  readonly issuerCalls: readonly string[];
  /** From the order to the end of the session. */
  readonly bytesAtKiosk: number;
  readonly log: readonly string[];
  readonly rows: Readonly<Record<string, readonly string[]>>;
}

/** Everything that kiosk and center, and whoever watches them, can see of one use. */
async function watch(person: PersonaKey): Promise<Seen> {
  const issuerCalls: string[] = [];
  const unwatch = [stage.issuer.registry, stage.issuer.store].map((port) => watchCalls(port, issuerCalls));
  const tablesBefore = await dumpTables(stage.chain.centerDb.db);
  const linesBefore = stage.chain.logLines.length;
  acts = [];
  let bytes = 0;
  const { end } = await kiosk.use(
    stage.card(person).file,
    { scope: 'self' },
    {
      onStep: (step) => {
        if (step === 'confirm') bytes = toCenter.bytesBack();
      },
    },
  );
  for (const stop of unwatch) stop();
  return {
    code: end.code,
    acts,
    issuerCalls,
    bytesAtKiosk: toCenter.bytesBack() - bytes,
    log: stage.chain.logLines.slice(linesBefore).map(masked),
    rows: newRows(tablesBefore, await dumpTables(stage.chain.centerDb.db)),
  };
}

function watchCalls(port: object, calls: string[]): () => void {
  const target = port as Record<string, (...args: unknown[]) => unknown>;
  const honest = { ...target };
  for (const [name, call] of Object.entries(honest))
    target[name] = (...args) => {
      calls.push(name);
      return call(...args);
    };
  return () => void Object.assign(target, honest);
}

/** Ids, digests, times and durations are each use’s own. */
function masked(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)/g, '@')
    .replace(/"time":\d+/g, '"time":@')
    .replace(/"durationMs":\d+/g, '"durationMs":@')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, '#')
    .replace(/\b[0-9a-f]{16,}\b/g, '#');
}

function newRows(before: Dump, after: Dump): Seen['rows'] {
  return Object.fromEntries(
    changedTables(before, after).map((table) => {
      const known = new Set(before.get(table));
      return [
        table,
        (after.get(table) ?? [])
          .filter((row) => !known.has(row))
          .map(masked)
          .sort(),
      ];
    }),
  );
}

test('a protected person’s refusal is a benign refusal, to whoever sees kiosk, center and the line between', async () => {
  const stock = takeStock({ kiosk });
  const benign = await watch('missing-sequence');
  expect(benign).toMatchObject({ code: 'USE_COUNTER' });
  expect(benign.rows).toHaveProperty('orders');
  expect(benign.bytesAtKiosk).toBeGreaterThan(100);
  for (const person of [...isBenign, ...isProtected, ...isRestricted])
    expect([person, await watch(person)]).toEqual([person, benign]);
  expect(takeStock({ kiosk })).toEqual(stock);
  expect((await kiosk.use(stage.card('single').file)).end.code).toBe('OK');
  expect(await disagreements(stage, [stage.kiosk, kiosk])).toEqual([]);
});

test('the exact reasons stand in the municipality’s own record', async () => {
  const rows = await stage.chain.issuerDb.db.query<{ body: string }>(
    `select body from m${YUNAGI}.delivery_record where event = 'issue-refused' order by n`,
  );
  const reasons = rows.map(({ body }) => (JSON.parse(body) as { reasons: readonly string[] }).reasons);
  expect(reasons.slice(-isProtected.length - isRestricted.length)).toEqual([
    ['protection-self', 'protection-joint'],
    ['protection-household', 'protection-joint', 'under-age'],
    ['protection-provisional'],
    ['protection-household'],
    ['protection-self'],
    ['protection-household'],
  ]);
});

test('the sentence is the same in every language for every reason, because it hangs on the code alone', () => {
  for (const language of ['ja', 'en'] as const) {
    const sentence = sentenceFor('USE_COUNTER', language);
    expect(sentence).not.toMatch(/支援|保護|DV|protect|age|年齢|死亡|転出/i);
  }
});

test('who is refused sees the menu of everybody', async () => {
  const menus: unknown[] = [];
  for (const person of ['couple', 'protected', 'under-15'] as const) {
    const { center } = stage.kioskPorts;
    const { askOffers } = center;
    center.askOffers = async (...asked) => {
      const answer = await askOffers(...asked);
      // Who stands on a kind is of each household’s own; that somebody can is said to all.
      menus.push(
        answer.offers.map(({ personRefs, ...offer }) => ({ ...offer, forSomebody: personRefs !== undefined })),
      );
      return answer;
    };
    await stage.use(person, { scope: 'self' });
    center.askOffers = askOffers;
  }
  expect(menus).toHaveLength(3);
  expect(menus[1]).toEqual(menus[0]);
  expect(menus[2]).toEqual(menus[0]);
});
