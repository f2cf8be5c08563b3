import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, test } from 'vitest';
import { type Mains, openMains } from './mains.ts';
import { benchFiles, SCREEN_PORT } from './testing/bench-files.ts';
import { until } from './testing/until.ts';

let mains: Mains | undefined;
afterEach(() => mains?.cut());

function plugIn(agent?: Parameters<typeof benchFiles>[0]) {
  const { kiosk, stateDir } = benchFiles(agent);
  let changes = 0;
  const opened = openMains({
    ...kiosk,
    logFile: join(stateDir, 'kiosk.log'),
    screenOrigin: `http://127.0.0.1:${SCREEN_PORT}`,
    changed: () => {
      changes += 1;
    },
  });
  mains = opened;
  return { mains: opened, kiosk, changes: () => changes };
}

const pidIn = (url: string | null) => Number(new URL(url ?? '').hash.slice(1));

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('the mains', () => {
  test('power on starts the agent and shows its screen as soon as it has one', async () => {
    const { mains, changes } = plugIn();
    assert.deepEqual(mains.view(), { power: 'off', screenUrl: null });
    mains.on();
    assert.equal(mains.view().power, 'starting');
    await until(() => mains.view().power === 'on', 'the screen is there');
    assert.ok(lives(pidIn(mains.view().screenUrl)));
    assert.ok(changes() >= 2);
  });

  test('a power cut kills the agent at once, without asking it; power on starts another', async () => {
    const { mains, kiosk } = plugIn();
    mains.on();
    await until(() => mains.view().power === 'on', 'it is on');
    const first = pidIn(mains.view().screenUrl);
    await mains.cut();
    assert.deepEqual(mains.view(), { power: 'off', screenUrl: null });
    assert.equal(lives(first), false);
    assert.equal(existsSync(`${kiosk.screenUrlFile}.ended`), false);
    mains.on();
    await until(() => mains.view().power === 'on', 'it is on again');
    assert.notEqual(pidIn(mains.view().screenUrl), first);
  });

  test('an end of the workbench lets the agent end in order', async () => {
    const { mains, kiosk } = plugIn();
    mains.on();
    await until(() => mains.view().power === 'on', 'it is on');
    await mains.close();
    assert.equal(readFileSync(`${kiosk.screenUrlFile}.ended`, 'utf8'), 'in order');
  });

  test('an agent that ends by itself is shown as failed, and can be started again', async () => {
    const { mains } = plugIn({ ends: true });
    mains.on();
    await until(() => mains.view().power === 'failed', 'it has failed');
    mains.on();
    assert.equal(mains.view().power, 'starting');
  });

  test('no screen is shown but the kiosk’s own', async () => {
    const { mains, kiosk } = plugIn({ says: '127.0.0.1:8798' });
    mains.on();
    await until(() => existsSync(kiosk.screenUrlFile), 'the agent has written an address');
    await new Promise((resolve) => setTimeout(resolve, 250));
    assert.deepEqual(mains.view(), { power: 'starting', screenUrl: null });
  });
});
