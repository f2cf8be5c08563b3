import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
const [, loop = ''] = /```sh\n(profile=[^`]+)```/.exec(readme) ?? [];
const dir = mkdtempSync(join(tmpdir(), 'browser-loop-'));
const said = join(dir, 'said');
let stop = () => {};
afterEach(() => {
  stop();
  rmSync(dir, { recursive: true });
});

function program(name: string, text: string): void {
  writeFileSync(join(dir, name), `#!/bin/sh\n${text}\n`);
  chmodSync(join(dir, name), 0o755);
}
const told = () => (existsSync(said) ? readFileSync(said, 'utf8').trim().split('\n') : []);
async function until(lines: number): Promise<void> {
  while (told().length < lines) await pause(10);
}
const tell = (token: string) => writeFileSync(join(dir, 'screen-url'), `http://127.0.0.1:1/#${token}\n`);

test('the loop of the README starts the browser again when the agent was, and when the browser is gone', async () => {
  program('sleep', 'exec /bin/sleep 0.02');
  program('mktemp', `echo ${dir}/profile`);
  program('chromium', `trap 'exit 0' TERM\necho "$$ $4" >> ${said}\nwhile :; do /bin/sleep 0.02; done`);
  const shell = spawn('sh', ['-c', loop.replaceAll('STATE_DIR', dir)], {
    env: { PATH: `${dir}:${process.env.PATH}` },
    detached: true,
    stdio: 'ignore',
  });
  stop = () => void process.kill(-(shell.pid ?? 0), 'SIGKILL');

  tell('first');
  await until(1);
  tell('second');
  await until(2);
  const [browser = ''] = told()[1]?.split(' ') ?? [];
  process.kill(Number(browser), 'SIGKILL');
  await until(3);
  expect(told().map((line) => line.split('#')[1])).toEqual(['first', 'second', 'second']);
  const [first = ''] = told()[0]?.split(' ') ?? [];
  expect(() => process.kill(Number(first), 0)).toThrow('ESRCH');
});
