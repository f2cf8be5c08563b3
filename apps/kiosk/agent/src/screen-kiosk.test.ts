import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scene } from '@machikado/protocol';
import { createLog } from '@machikado/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { note } from './note.ts';
import type { Ports, PrintJob } from './ports.ts';
import { createScreenKiosk, type ScreenKiosk } from './screen-kiosk.ts';
import { createHandClock, type HandClock } from './testing/hand-clock.ts';
import { createTestKiosk, type Machine, type TestKiosk } from './testing/test-kiosk.ts';

let kiosk: TestKiosk;
let clock: HandClock;
let machine: Machine;
let screen: ScreenKiosk;
let lines: string[];
beforeEach(async () => {
  kiosk = createTestKiosk();
  clock = createHandClock();
  lines = [];
  machine = await kiosk.powerOn({ ports: { clock } });
  const page = join(kiosk.dir, 'page');
  mkdirSync(page);
  writeFileSync(join(page, 'index.html'), '<!doctype html>');
  const log = createLog({ service: 'kiosk', write: (line) => void lines.push(line) });
  screen = createScreenKiosk({ stateDir: kiosk.dir, screen: { port: 0, dir: page } }, machine.ports, log);
});
afterEach(async () => {
  await screen.close();
  await machine.close();
  rmSync(kiosk.dir, { recursive: true });
});
const urlFile = () => join(kiosk.dir, 'screen-url');

test('writes down where its screen is, for its own user alone, and takes it back at the end', async () => {
  const { url } = await screen.listen();
  expect(readFileSync(urlFile(), 'utf8')).toBe(`${url}\n`);
  expect(statSync(urlFile()).mode & 0o777).toBe(0o600);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}$/);
  await screen.close();
  assert(!existsSync(urlFile()));
  await expect(fetch(url)).rejects.toThrow();
});

test('a page that is loaded again and again before the first look leaves nothing behind', async () => {
  let sleeping = 0;
  const counted = {
    ...clock,
    sleep(ms: number, signal?: AbortSignal) {
      sleeping += 1;
      return clock.sleep(ms, signal).finally(() => {
        sleeping -= 1;
      });
    },
  };
  const never = new Promise<never>(() => undefined);
  const ports = { ...machine.ports, clock: counted, center: { ...machine.ports.center, status: () => never } };
  const page = { port: 0, dir: join(kiosk.dir, 'page') };
  const log = createLog({ service: 'kiosk', write: () => undefined });
  const asked = createScreenKiosk({ stateDir: kiosk.dir, screen: page }, ports, log);
  const { port } = await asked.listen();
  const before = sleeping;
  const replies = Array.from({ length: 20 }, () => fetch(`http://127.0.0.1:${port}/municipalities.json`));
  await fetch(`http://127.0.0.1:${port}/`);
  expect(sleeping).toBe(before);
  await clock.advance(1_500);
  for (const reply of replies) expect((await reply).status).toBe(200);
  await asked.close();
});

test('a tray without an eye is looked into by somebody before the first use', async () => {
  const { ports } = machine;
  const printer = { ...ports.printer, trayEmpty: async () => 'unknown' as const };
  const page = { port: 0, dir: join(kiosk.dir, 'page') };
  const log = createLog({ service: 'kiosk', write: () => undefined });
  screen = createScreenKiosk({ stateDir: kiosk.dir, screen: page }, { ...ports, printer }, log);
  const steps: string[] = [];
  await watchScenes(await screen.listen(), ({ step }) => {
    steps.push(step);
    return step === 'take-paper' ? 'taken' : step === 'menu' ? undefined : '';
  });
  expect(steps.filter((step) => step !== 'busy')).toEqual(['take-paper', 'menu']);
});

test('a job that comes to its end long after its use: its paper in a tray without an eye is nobody else’s', async () => {
  const { ports } = machine;
  await note('a'.repeat(32), { event: 'order-intended', feeYen: 0 }, ports);
  await note('a'.repeat(32), { event: 'sheet-intended', copy: 1, sheet: 1 }, ports);
  let state: PrintJob['state'] = 'processing';
  const job = (): PrintJob => ({
    ...{ id: 1, name: `${'a'.repeat(32)}.1.1`, state, stateReasons: [] },
    ...{ impressionsCompleted: 1, sheetsCompleted: state === 'completed' ? 1 : 0 },
  });
  const printer: Ports['printer'] = {
    ...ports.printer,
    trayEmpty: async () => 'unknown',
    job: async () => job(),
    findJob: async () => job(),
    activeJobs: async () => (state === 'completed' ? [] : [job()]),
  };
  const page = { port: 0, dir: join(kiosk.dir, 'page') };
  const log = createLog({ service: 'kiosk', write: () => undefined });
  screen = createScreenKiosk({ stateDir: kiosk.dir, screen: page }, { ...ports, printer }, log);
  const steps: string[] = [];
  const watched = watchScenes(await screen.listen(), (scene) => {
    const isReady = scene.step === 'menu' && scene.machine.faults.length === 0;
    steps.push(isReady ? 'ready' : scene.step);
    return scene.step === 'take-paper' ? 'taken' : isReady ? undefined : '';
  });
  await clock.advance(3_000);
  expect(steps).toContain('menu');
  expect(steps.filter((step) => step === 'ready' || step === 'take-paper')).toEqual([]);
  state = 'completed';
  const turning = setInterval(() => void clock.advance(500), 5);
  await watched;
  clearInterval(turning);
  expect(steps.filter((step) => step === 'take-paper' || step === 'ready').at(0)).toBe('take-paper');
});

test('why an order stays open is told to the log, once', async () => {
  const { ports } = machine;
  await note('a'.repeat(32), { event: 'order-intended', feeYen: 300 }, ports);
  await note('a'.repeat(32), { event: 'deposit-intended', insertedBeforeYen: 900, returnedBeforeYen: 0 }, ports);
  await screen.listen();
  await clock.advance(5_000);
  const alarms = lines.filter((line) => line.includes('order-stays-open'));
  expect(alarms).toHaveLength(1);
  expect(alarms[0]).toMatch(/COIN_UNIT_FAULT.*CoinCountersUnknown|CoinCountersUnknown.*COIN_UNIT_FAULT/);
});

test('serves one after the other, and its log holds codes and ids, nothing of the address', async () => {
  const uses = new Set<string>();
  const address = await screen.listen();
  await watchScenes(address, ({ step, use }) => {
    if (step === 'menu') uses.add(use);
    if (uses.size === 3) return undefined;
    return step === 'menu' ? 'begin' : step === 'card' ? 'quit' : '';
  });
  expect(
    lines.filter((line) => line.includes('"event":"use-ended"') && line.includes('CANCELLED')).length,
  ).toBeGreaterThan(1);
  expect(lines.join('')).not.toContain(new URL(address.url).hash.slice(1));
});

/** Answers every scene as told; '' is nothing, undefined is the end. */
async function watchScenes(
  { url }: { readonly url: string },
  answer: (scene: Scene) => string | undefined,
): Promise<void> {
  const { origin, hash } = new URL(url);
  const headers = { authorization: `Bearer ${hash.slice(1)}`, 'content-type': 'application/json' };
  const { body } = await fetch(`${origin}/scenes`, { headers });
  assert(body);
  let rest = '';
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    const whole = (rest + new TextDecoder().decode(chunk)).split('\n');
    rest = whole.pop() ?? '';
    for (const line of whole.filter(Boolean)) {
      const scene = JSON.parse(line) as Scene;
      const act = answer(scene);
      if (act === undefined) return;
      const said = JSON.stringify({ seq: scene.seq, act });
      if (act !== '') await fetch(`${origin}/acts`, { method: 'POST', headers, body: said });
    }
  }
}
