import { type CertificateKind, ProtocolError } from '@machikado/protocol';
import { expect, test } from 'vitest';
import { type IssuerGateway, IssuerSilent } from '../ports.ts';
import type { Municipality } from '../settings.ts';
import { Breaker } from './breaker.ts';
import { guardedGateway } from './guarded-gateway.ts';
import { standingOf, watchIssuers } from './issuer-watch.ts';

const town = { lgCode: '990019', approvedBuilds: ['aa', 'bb'] } as unknown as Municipality;
const other = { ...town, lgCode: '990027' };

function guarded() {
  const clock = { ms: 0 };
  const breaker = new Breaker({ now: () => clock.ms, opensAfter: 3, pauseMs: 10_000 });
  const inner = { answer: async (): Promise<unknown> => 'offers', asked: 0 };
  const gateway = guardedGateway(
    {
      askOffers: () => {
        inner.asked += 1;
        return inner.answer();
      },
      order: () => {
        inner.asked += 1;
        return inner.answer();
      },
    } as unknown as IssuerGateway,
    breaker,
    () => clock.ms,
  );
  const codeOf = (reply: Promise<unknown>) => reply.catch((error: ProtocolError) => error.code);
  const ask = (asked = town) => codeOf(gateway.askOffers(asked, {} as never, {} as never));
  const order = (kind: CertificateKind) => codeOf(gateway.order(town, { selection: { kind } } as never, {} as never));
  const refusing =
    (code: 'MUNICIPALITY_UNAVAILABLE' | 'DEADLINE_PASSED' | 'USE_COUNTER', tookMs = 0) =>
    async () => {
      clock.ms += tookMs;
      throw new ProtocolError(code, 'test');
    };
  const silent = async () => {
    throw new IssuerSilent('test');
  };
  return { clock, breaker, inner, ask, order, refusing, silent };
}

test('silence opens the breaker of this municipality alone; after a pause one request tries, and its answer closes it', async () => {
  const { clock, inner, ask, silent, breaker } = guarded();
  inner.answer = silent;
  for (let i = 0; i < 3; i += 1) await ask();
  expect([inner.asked, breaker.isOpen(town.lgCode), breaker.isOpen(other.lgCode)]).toEqual([3, true, false]);
  expect(await ask()).toBe('MUNICIPALITY_UNAVAILABLE');
  expect(inner.asked).toBe(3);
  inner.answer = async () => 'offers';
  expect(await ask(other)).toBe('offers');
  clock.ms += 10_000;
  expect(await Promise.all([ask(), ask()])).toEqual(['offers', 'MUNICIPALITY_UNAVAILABLE']);
  expect(await ask()).toBe('offers');
});

test('a try that fails keeps it open for another pause', async () => {
  const { clock, inner, ask, silent } = guarded();
  inner.answer = silent;
  for (let i = 0; i < 3; i += 1) await ask();
  clock.ms += 10_000;
  await ask();
  inner.answer = async () => 'offers';
  expect(await ask()).toBe('MUNICIPALITY_UNAVAILABLE');
  clock.ms += 10_000;
  expect(await ask()).toBe('offers');
});

test('long waiting in vain counts, an asker’s own short deadline does not', async () => {
  const { inner, ask, refusing, breaker } = guarded();
  inner.answer = refusing('DEADLINE_PASSED', 5_000);
  for (let i = 0; i < 10; i += 1) await ask();
  expect(breaker.isOpen(town.lgCode)).toBe(false);
  inner.answer = refusing('DEADLINE_PASSED', 9_500);
  for (let i = 0; i < 3; i += 1) await ask();
  expect(breaker.isOpen(town.lgCode)).toBe(true);
});

test('late orders of one kind open the line of that kind alone, silence that of the town', async () => {
  const { clock, inner, ask, order, refusing, silent } = guarded();
  inner.answer = refusing('DEADLINE_PASSED', 60_000);
  for (let i = 0; i < 3; i += 1) await order('koseki-full');
  inner.answer = async () => 'issued';
  expect(await order('koseki-full')).toBe('MUNICIPALITY_UNAVAILABLE');
  expect([await order('resident-record'), await ask()]).toEqual(['issued', 'issued']);
  expect(await order('koseki-full')).toBe('MUNICIPALITY_UNAVAILABLE');
  clock.ms += 10_000;
  expect(await order('koseki-full')).toBe('issued');
  inner.answer = silent;
  for (let i = 0; i < 3; i += 1) await order('koseki-full');
  inner.answer = async () => 'issued';
  expect([await order('resident-record'), await ask()]).toEqual(Array(2).fill('MUNICIPALITY_UNAVAILABLE'));
});

test('a kind that is not tried while its town rests keeps its own try', async () => {
  const { clock, inner, order, refusing, silent } = guarded();
  inner.answer = silent;
  for (let i = 0; i < 3; i += 1) await order('tax-income');
  clock.ms += 9_000;
  inner.answer = refusing('DEADLINE_PASSED');
  expect(await order('tax-income')).toBe('MUNICIPALITY_UNAVAILABLE');
  clock.ms += 1_000;
  inner.answer = async () => 'issued';
  expect(await order('tax-income')).toBe('issued');
});

test('a refusal is an answer, even one that cannot be passed on', async () => {
  const { inner, ask, refusing, silent, breaker } = guarded();
  for (const code of ['USE_COUNTER', 'MUNICIPALITY_UNAVAILABLE', 'USE_COUNTER'] as const) {
    inner.answer = silent;
    await ask();
    await ask();
    inner.answer = refusing(code);
    expect(await ask()).toBe(code);
  }
  expect(breaker.isOpen(town.lgCode)).toBe(false);
});

test('a standing counts servers with an approved build only, and a kind is open where one of them says so', () => {
  const status = (build: string, open: boolean) => ({
    build,
    municipalities: [{ lgCode: town.lgCode, name: '夕凪市', kinds: [{ kind: 'resident-record' as const, open }] }],
  });
  expect(standingOf(town, [])).toEqual({ kind: 'unreachable' });
  expect(standingOf(town, [status('cc', true)])).toEqual({ kind: 'build-not-approved' });
  const open = { kind: 'serving', kinds: [{ kind: 'resident-record', open: true }] };
  expect(standingOf(town, [status('aa', false), status('bb', true)])).toEqual(open);
  expect(standingOf(town, [status('aa', true), status('bb', false)])).toEqual(open);
  expect(standingOf(town, [status('aa', false), status('cc', true)])).toMatchObject({ kinds: [{ open: false }] });
  expect(standingOf(other, [status('aa', true)])).toEqual({ kind: 'serving', kinds: [] });
});

test('a kind whose line rests is shown as unavailable, the others as they are', async () => {
  const { breaker, clock } = guarded();
  const [koseki, record] = (['koseki-full', 'resident-record'] as const).map((kind) => ({ kind, open: true }));
  const kinds = [koseki, record];
  const readStatus = async () => [{ build: 'aa', municipalities: [{ lgCode: town.lgCode, name: '', kinds }] }];
  const watch = watchIssuers({ readStatus } as unknown as IssuerGateway, breaker);
  await watch.refresh([town]);
  for (let i = 0; i < 3; i += 1) breaker.failed(`${town.lgCode} koseki-full`);
  const away = { kind: 'koseki-full', open: false, reason: 'unavailable' };
  expect(watch.lastHeard(town.lgCode)).toEqual({ kind: 'serving', kinds: [away, record] });
  clock.ms += 10_000;
  expect(watch.lastHeard(town.lgCode)).toEqual({ kind: 'serving', kinds });
});

test('a municipality whose breaker rests is shown as unavailable whatever its status said, and after the pause as it is', async () => {
  const { breaker, clock } = guarded();
  const kinds = [{ kind: 'resident-record' as const, open: true }];
  const readStatus = async () => [{ build: 'aa', municipalities: [{ lgCode: town.lgCode, name: '', kinds }] }];
  const watch = watchIssuers({ readStatus } as unknown as IssuerGateway, breaker);
  await watch.refresh([town]);
  expect(watch.lastHeard(town.lgCode)).toEqual({ kind: 'serving', kinds });
  for (let i = 0; i < 3; i += 1) breaker.failed(town.lgCode);
  expect(watch.lastHeard(town.lgCode)).toEqual({ kind: 'unreachable' });
  clock.ms += 9_999;
  await watch.refresh([town]);
  expect(watch.lastHeard(town.lgCode)).toEqual({ kind: 'unreachable' });
  clock.ms += 1;
  expect(watch.lastHeard(town.lgCode)).toEqual({ kind: 'serving', kinds });
  // The one that tries is not followed by a crowd.
  expect(breaker.mayTry(town.lgCode)).toBe(true);
  expect(watch.lastHeard(town.lgCode)).toEqual({ kind: 'unreachable' });
});
