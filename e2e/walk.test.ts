import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Chain, openChain, WITHOUT_JOBS } from './open-chain.ts';
import { openKiosk } from './open-kiosk.ts';

/**
 * ARCHITECTURE.md lists the functions of the walk in their order. The order is observed in a real use: at every call of a port the
 * stack tells which functions are under way.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const listed = [...readFileSync(`${root}ARCHITECTURE.md`, 'utf8').matchAll(/^\| \d+ \| \[`(\w+)`\]\(([^)]+)\)/gm)].map(
  ([, name = '', file = '']) => ({ name, file }),
);

let chain: Chain;
beforeAll(async () => {
  chain = await openChain(WITHOUT_JOBS);
});
afterAll(() => chain?.close());

test('ARCHITECTURE.md names some fifteen functions, each exported by the file it links to', () => {
  expect(listed.length).toBeGreaterThan(9);
  for (const { name, file } of listed) {
    expect(readFileSync(root + file, 'utf8'), file).toMatch(new RegExp(`export (async )?function ${name}\\(`));
  }
});

test('a use from card to paper goes through them in just that order', async () => {
  const seen: string[] = [];
  const look = () => {
    const frames = (new Error().stack ?? '').split('\n').reverse();
    for (const frame of frames) {
      const step = listed.find(({ name, file }) => new RegExp(`\\b${name}\\b`).test(frame) && frame.includes(file));
      if (step && !seen.includes(step.name)) seen.push(step.name);
    }
  };
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 60;
  for (const { center } of chain.centers) Object.assign(center, watched(center, look));
  for (const { ports } of chain.issuers) Object.assign(ports, watched(ports, look));
  const kiosk = await openKiosk(chain, { wrap: (ports) => watched(ports, look) });
  try {
    const card = await chain.orderCard('990019', 'couple', { algorithm: 'ecdsa-p384-sha384' });
    await chain.passTheNight();
    seen.length = 0;
    const { end } = await kiosk.use(card.file);
    expect(end.code).toBe('OK');
    await chain.centers[0]?.runJobs();
    expect(seen).toEqual(listed.map(({ name }) => name));
  } finally {
    Error.stackTraceLimit = limit;
    await kiosk.close();
  }
});

/** The same ports, and a look at every call of a method, however deep. */
function watched<T extends object>(ports: T, look: () => void): T {
  return new Proxy(ports, {
    ownKeys: (target) => Reflect.ownKeys(target),
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value === 'function') {
        return (...args: unknown[]) => {
          look();
          return Reflect.apply(value, target, args);
        };
      }
      return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
        ? watched(value, look)
        : value;
    },
  });
}
