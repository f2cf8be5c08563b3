import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { until } from '../kill/until.ts';
import { isRunning } from './processes.ts';

/** One that sleeps, one that stands still, and the grandchild that one of them has started; their ids as one line. */
const program = `
  import { spawn } from 'node:child_process';
  import { endWhatWasStarted, exitOnSignals, familyOf } from '${new URL('./processes.ts', import.meta.url).href}';
  exitOnSignals();
  process.once('exit', endWhatWasStarted);
  const still = spawn('sleep', ['1000'], { detached: true });
  const elder = spawn('sh', ['-c', 'sleep 1000 & echo; wait'], { detached: true });
  elder.stdout.once('data', () => {
    still.kill('SIGSTOP');
    console.log(JSON.stringify(familyOf(process.pid)));
  });
`;

test.runIf(process.platform === 'linux')(
  'whoever is interrupted ends everything that it started, also what stands still and what that had started',
  async () => {
    const args = ['--import', 'tsx', '--input-type=module', '-e', program];
    const parent = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(createInterface({ input: parent.stdout }), 'line');
    const [, ...started] = JSON.parse(line) as number[];
    expect(started.length).toBeGreaterThanOrEqual(3);
    parent.kill('SIGINT');
    const [code] = await once(parent, 'exit');
    expect(code).toBe(130);
    await until('nobody is left', async () => !started.some(isRunning));
  },
);
