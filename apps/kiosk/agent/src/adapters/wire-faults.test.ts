/** A coin unit whose wire breaks at any act: whatever was lost, coins, journal and ledger agree, and nothing is done twice. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { openCoinUnit, physicalTruth, serveCoinUnit } from '@machikado/simulators';
import { freePort } from '@machikado/testkit';
import { describe, test, vi } from 'vitest';
import { createTestKiosk, type MachineOptions, serve } from '../testing/test-kiosk.ts';
import { recoverAfterRestart } from '../use-cases/recover-after-restart.ts';
import { WireFault } from './device-wire.ts';
import { wiredCoinUnit } from './wired-coin-unit.ts';

/** Stands in the middle of the wire; what it does with one line of the agent decides what is lost. */
type Meddle = (line: string, towards: Ends) => void | Promise<void>;
interface Ends {
  readonly device: Socket;
  readonly agent: Socket;
}

async function meddled(devicePort: () => number, meddle: Meddle) {
  const sockets = new Set<Socket>();
  const server = createServer((agent) => {
    const device = connect(devicePort(), '127.0.0.1');
    const cut = () => {
      device.destroy();
      agent.destroy();
    };
    for (const socket of [agent, device]) {
      sockets.add(socket);
      socket.on('error', cut).on('close', cut);
    }
    device.pipe(agent);
    let text = '';
    agent.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (text + chunk).split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) void meddle(line, { device, agent });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const faults = {
  'the question is lost': ({ agent }) => void agent.destroy(),
  'the answer is lost': (towards, line) => answered(towards, line, ({ agent }) => void agent.destroy()),
  'the answer breaks off in the middle': (towards, line) =>
    answered(towards, line, ({ agent }, bytes) => agent.end(bytes.subarray(0, 8))),
  'the answer is nonsense': (towards, line) =>
    answered(towards, line, ({ agent }) => agent.write('{"id":0,"ok":null}\n')),
} satisfies Record<string, (towards: Ends, line: string) => void>;

/** The device hears the question; `then` decides what the agent hears of the answer. */
function answered(towards: Ends, line: string, then: (towards: Ends, bytes: Buffer) => unknown): void {
  const { device, agent } = towards;
  device.unpipe(agent);
  device.once('data', (bytes: Buffer) => then(towards, bytes)).resume();
  device.write(`${line}\n`);
}

const acts = ['totals', 'beginDeposit', 'depositAmount', 'fixDeposit', 'endDeposit', 'dispenseChange'] as const;
interface Use {
  readonly acts: readonly (typeof acts)[number][];
  readonly machine: MachineOptions;
  readonly script: Parameters<typeof serve>[1];
}
const uses: Readonly<Record<string, Use>> = {
  // The second copy never comes out, so that there is change as well as a refund.
  'change and a refund': {
    acts,
    machine: { printer: { faults: { 2: 'abort' } } },
    script: { copies: 2, payment: 'over' },
  },
  'too little money': {
    acts: ['totals', 'beginDeposit', 'depositAmount', 'endDeposit'],
    machine: {},
    script: { payment: 'short' },
  },
  'no change': {
    acts: acts.slice(0, 5),
    machine: { coinUnit: { float: {} } },
    script: { payment: 'over' },
  },
};
const cases = Object.entries(uses).flatMap(([name, use]) =>
  [...Object.keys(faults), 'the device restarts before the act'].flatMap((what) =>
    use.acts.map((act) => ({ name, what, act, ...use })),
  ),
);

describe('coin unit at a broken wire', () => {
  test.each(cases)('$what, at $act: $name', async ({ what, act, machine: options, script }) => {
    const kiosk = createTestKiosk();
    const machine = await kiosk.powerOn(options);
    let unit = openCoinUnit(kiosk.dir);
    let device = await serveCoinUnit(unit, { port: 0 });
    const done = new Map<string, number>();
    let met = false;
    const wire = await meddled(
      () => device.port,
      async (line, towards) => {
        const { do: asked } = JSON.parse(line) as { do: string };
        done.set(asked, (done.get(asked) ?? 0) + 1);
        if (asked !== act || met) return void towards.device.write(`${line}\n`);
        met = true;
        if (what in faults) return faults[what as keyof typeof faults](towards, line);
        await device.close();
        unit = openCoinUnit(kiosk.dir);
        device = await serveCoinUnit(unit, { port: 0 });
      },
    );
    const coinUnit = wiredCoinUnit({ port: wire.port });
    const ports = { ...machine.ports, coinUnit };
    const front = {
      ...machine.front,
      get coinUnit() {
        return unit;
      },
    };
    await serve({ ...machine, ports, front }, script).catch(() => undefined);
    assert.ok(met, 'the act was never asked for');
    await recoverAfterRestart(ports);
    assert.deepEqual(kiosk.truths(), []);
    const { insertedYen, returnedYen, fixedYen, dispensedYen, escrowYen } = physicalTruth(kiosk.dir).cash;
    assert.equal(escrowYen, 0);
    assert.equal(insertedYen, returnedYen + fixedYen);
    assert.ok(dispensedYen <= fixedYen);

    coinUnit.close();
    await wire.close();
    await device.close();
    await machine.close();
    rmSync(kiosk.dir, { recursive: true });
  });

  test('no device: away at once; a device that stays silent: away after its time, and the next question begins anew', async () => {
    const nobody = wiredCoinUnit({ port: await freePort() });
    await assert.rejects(nobody.totals(), new WireFault('away'));
    let silent = true;
    const kiosk = createTestKiosk();
    const device = await serveCoinUnit(openCoinUnit(kiosk.dir), { port: 0 });
    let heard = () => {};
    const asked = new Promise<void>((resolve) => {
      heard = resolve;
    });
    const wire = await meddled(
      () => device.port,
      (line, towards) => {
        if (!silent) towards.device.write(`${line}\n`);
        heard();
      },
    );
    const unit = wiredCoinUnit({ port: wire.port, answerMs: 10_000 });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const waiting = assert.rejects(unit.totals(), new WireFault('away'));
      await asked;
      vi.advanceTimersByTime(10_000);
      await waiting;
    } finally {
      vi.useRealTimers();
    }
    silent = false;
    assert.equal(await unit.depositAmount(), 0);
    unit.close();
    await wire.close();
    await device.close();
    rmSync(kiosk.dir, { recursive: true });
  });

  test('whoever waits for money hears at once that the wire broke', async () => {
    const kiosk = createTestKiosk();
    const device = await serveCoinUnit(openCoinUnit(kiosk.dir), { port: 0 });
    const unit = wiredCoinUnit({ port: device.port });
    await unit.beginDeposit();
    const waiting = assert.rejects(unit.waitForChange(0, new AbortController().signal), new WireFault('away'));
    await unit.depositAmount();
    await device.close();
    await waiting;
    rmSync(kiosk.dir, { recursive: true });
  });
});
