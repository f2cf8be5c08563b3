import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { lettersOf, wordsOf } from '@machikado/inspection';
import { generateTown, type PersonaKey } from '@machikado/registry';
import { CARD_PIN, inventedTowns } from '@machikado/town';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser/launch-browser.ts';
import { followGuide } from './browser/newcomer.ts';
import { readFront } from './printed-sheets.ts';
import { sharedReader } from './shared-threads.ts';

/** The front door: what the README tells a newcomer to type, typed. */
const root = fileURLToPath(new URL('..', import.meta.url));
const [start = '', buy = ''] = [...readFileSync(`${root}README.md`, 'utf8').matchAll(/```sh\n(npm [^\n]+)\n```/g)].map(
  ([, command = '']) => command,
);
const dir = mkdtempSync(join(tmpdir(), 'machikado-readme-'));
const run = promisify(execFile);
let town: ChildProcess;
let said = '';

beforeAll(async () => {
  // The database's own user must be able to pass.
  chmodSync(dir, 0o711);
  const [npm = '', ...args] = start.split(' ');
  town = spawn(npm, [...args, '--', '--dir', dir, '--kiosks', '1'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk;
      if (said.includes('Ctrl-C ends the town')) resolve();
    };
    town.stdout?.on('data', listen);
    town.stderr?.on('data', listen);
    town.once('exit', () => reject(new Error(said)));
  });
}, 180_000);

afterAll(async () => {
  const ended = new Promise((resolve) => town.once('exit', resolve));
  if (town.pid !== undefined && town.exitCode === null) {
    process.kill(-town.pid, 'SIGINT');
    await ended;
  }
  rmSync(dir, { recursive: true, force: true });
});

test('the README’s two commands are the two of the scripts', () => {
  expect([start, buy]).toEqual(['npm start', 'npm run pseudo-store']);
});

test('the town comes up and says where it is', () => {
  expect(said).toMatch(/証明書交付センター +https:\/\/127\.0\.0\.1:\d+/);
  expect(said).toContain('架空県夕凪市');
});

test('the first address is the one to open: a page with the kiosk and its hardware', async () => {
  expect(said.match(/https?:\/\/\S+/)?.[0]).toBe(address());
  const page = await fetch(address());
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('<script type="module"');
});

test('whoever opens it and follows the guide holds a 住民票の写し, in colour and from both sides', async () => {
  const browser = await launchBrowser({ drawing: 'rough' });
  try {
    const page = await browser.open(address());
    const began = performance.now();
    const { confirmed, sheet } = await followGuide(page, CARD_PIN);
    console.log(`a first certificate in ${((performance.now() - began) / 1000).toFixed(0)} s`);
    expect(confirmed).toContain(personaOf('single').person.name);
    expect(sheet.width).toBeGreaterThan(600);
    expect(sheet.height / sheet.width).toBeCloseTo(297 / 210, 2);
  } finally {
    await browser.close();
  }
}, 180_000);

test('the next command prints the 住民票の写し of the person whose card it is', async () => {
  const [npm = '', ...args] = buy.split(' ');
  const places = ['--town', join(dir, 'town.json'), '--state', join(dir, 'stores'), '--out', join(dir, 'out')];
  const { stdout } = await run(npm, [...args, '--', ...places, '--card', 'family-head', '--copies', '2'], {
    cwd: root,
  });
  expect(stdout).toContain('2/2');
  const report = JSON.parse(readFileSync(join(dir, 'out/report.json'), 'utf8'));
  expect(report).toMatchObject({ code: 'OK', chargedYen: 400, owedYen: 0 });
  const sheets = readdirSync(join(dir, 'out')).filter((file) => file.endsWith('.pdf'));
  expect(sheets).toHaveLength(2);
  for (const sheet of sheets) {
    const front = await readFront(sharedReader(), join(dir, 'out', sheet));
    const text = wordsOf(front)
      .map(({ text: word }) => word)
      .join('');
    const { household, person } = personaOf('family-head');
    for (const value of [person.name, household.address]) expect(lettersOf(text)).toContain(lettersOf(value));
  }
});

test('a second person of the same town is served, and a person under protection hears the common sentence', async () => {
  const places = ['--town', join(dir, 'town.json'), '--state', join(dir, 'stores'), '--out', join(dir, 'out')];
  const [npm = '', ...args] = buy.split(' ');
  const refused = await run(npm, [...args, '--', ...places, '--card', 'protected'], { cwd: root }).catch(
    (error) => error,
  );
  expect(refused).toMatchObject({ code: 10 });
  expect(refused.stdout + refused.stderr).toContain('市区町村の窓口をご利用ください');
  await run(npm, [...args, '--', ...places, '--card', '990027/couple'], { cwd: root });
});

function address(): string {
  return said.match(/open in a browser +(http:\/\/127\.0\.0\.1:\d+\/)/)?.[1] ?? '';
}

function personaOf(key: PersonaKey) {
  const [first] = inventedTowns;
  const town = generateTown(first?.lgCode ?? '', first?.seed ?? '');
  const id = town.personas[key];
  const household = town.households.find(({ members }) => members.some((member) => member.residentId === id));
  const person = household?.members.find((member) => member.residentId === id);
  if (!household || !person) throw new Error('no such persona');
  return { household, person };
}
