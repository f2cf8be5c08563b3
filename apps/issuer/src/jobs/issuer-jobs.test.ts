import { setImmediate as flush } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Municipality, Ports } from '../ports.ts';
import { type Bench, createBench, municipalityOf } from '../testing/issuer-bench.ts';
import { startJobs } from './issuer-jobs.ts';

const lgCodes = ['990019', '990027', '990035', '990043', '990051'];
const timers = { after: () => () => undefined };

let bench: Bench;
beforeAll(async () => {
  bench = await createBench();
});
afterAll(() => bench.close());

/** Municipalities that have one piece of news each, those for which the center is asked just now, and how it answers them. */
let news: Set<string>;
let open: string[];
let answers: (() => void)[];
beforeEach(() => {
  news = new Set(lgCodes);
  [open, answers] = [[], []];
});

function portsOf(): Ports {
  const towns = new Map<string, Municipality>(lgCodes.map((lgCode) => [lgCode, municipalityOf(lgCode)]));
  const payload = { anchor: 'ab'.repeat(32), serial: '01', role: 'residence', version: 1, active: true };
  return {
    ...bench.ports,
    municipalities: { find: (lgCode) => towns.get(lgCode), all: () => [...towns.values()] },
    store: {
      async inMunicipality(lgCode, work) {
        const query = async (text: string): Promise<never[]> =>
          (text.includes('outbox') && news.has(lgCode)
            ? [{ outboxId: '1', lgCode, payload, attempts: 0 }]
            : []) as never[];
        const run = async () => Number(news.delete(lgCode));
        const one = async () => ({ runAt: bench.clock.now }) as never;
        return work({ lgCode, query, run, one, maybe: async () => undefined });
      },
    },
    directory: {
      async publish({ lgCode }) {
        open.push(lgCode);
        await new Promise<void>((resolve) => answers.push(resolve));
        open = open.filter((one) => one !== lgCode);
      },
    },
  };
}
const settle = async () => {
  for (let n = 0; n < 50; n += 1) await flush();
};

test('a center that hangs is asked for one municipality at a time, and every one has its turn', async () => {
  const jobs = startJobs(portsOf(), { timers }, 5_000);
  for (const lgCode of lgCodes) {
    await settle();
    expect(open).toEqual([lgCode]);
    answers.shift()?.();
  }
  await settle();
  expect(news.size).toBe(0);
  await jobs.stop();
});

test('who is in line when the server stops does not begin', async () => {
  const jobs = startJobs(portsOf(), { timers }, 5_000);
  await settle();
  const stopped = jobs.stop();
  answers.shift()?.();
  await stopped;
  expect(news.size).toBe(lgCodes.length - 1);
});
