import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { startService } from './processes.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'machikado-processes-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function start(name: string, program: string) {
  const file = join(dir, `${name}.mjs`);
  writeFileSync(file, program);
  return startService(name, relative(root, file), [], dir);
}

test.each([
  ['by a line of JSON', 'console.log(JSON.stringify({ event: "ready", port: 7 }));'],
  ['by a message', 'process.send({ port: 7 });'],
])('a service is there when it says so, %s, and goes when it is told', async (how, say) => {
  const service = await start(
    `good-${how.length}`,
    `process.on('SIGTERM', () => process.exit()); setInterval(() => {}, 1e6); ${say}`,
  );
  expect(service.ready.port).toBe(7);
  await service.stop();
  expect([service.process.exitCode, service.process.signalCode]).toEqual([0, null]);
});

test('one that ends before is told of with its own last words, not with those of an earlier start', async () => {
  writeFileSync(join(dir, 'bad.log'), 'what the start before said\n');
  const failed = await start('bad', 'console.error("the port is taken"); process.exitCode = 3;').catch(String);
  expect(failed).toMatch(/bad ended with 3 before it was ready; its log: .*bad\.log\nthe port is taken$/);
  expect(readFileSync(join(dir, 'bad.log'), 'utf8')).toMatch(/^what the start before said\n/);
  expect(await start('silent', '').catch(String)).toMatch(/\(nothing since this start\)$/);
});

test('one whose log cannot be written is not started', async () => {
  mkdirSync(join(dir, 'taken.log'));
  expect(await start('taken', 'setInterval(() => {}, 1e6);').catch(String)).toMatch(/EISDIR/);
});
