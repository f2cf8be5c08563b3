import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { openIppClient } from '@machikado/printing';
import { createLog } from '@machikado/server';
import { afterEach, beforeEach, describe, test } from 'vitest';
import { compose } from './compose.ts';
import type { Deed } from './deeds.ts';
import { benchFiles } from './testing/bench-files.ts';
import { colouredPage } from './testing/coloured-page.ts';
import { until } from './testing/until.ts';

type Workbench = ReturnType<typeof compose>;
let workbench: Workbench;
let ports: Awaited<ReturnType<Workbench['listen']>>;

beforeEach(async () => {
  workbench = compose(benchFiles(), { log: createLog({ service: 'workbench', level: 'silent' }) });
  ports = await workbench.listen();
  await until(() => workbench.bench.state().kiosk.power === 'on', 'the kiosk is on');
});
afterEach(() => workbench.close());

/** As the agent would ask the coin unit. */
async function coinWire() {
  const socket = connect(ports.coinUnit, '127.0.0.1');
  await once(socket, 'connect');
  const heard: Record<string, unknown>[] = [];
  createInterface(socket).on('line', (line) => heard.push(JSON.parse(line)));
  let id = 0;
  return {
    heard,
    async ask(act: string, ...args: unknown[]) {
      id += 1;
      const mine = id;
      socket.write(`${JSON.stringify({ id: mine, do: act, with: args })}\n`);
      await until(() => heard.some((message) => message.id === mine), `${act} is answered`);
      return heard.find((message) => message.id === mine);
    },
    close: () => socket.destroy(),
  };
}

async function print(name: string) {
  const client = openIppClient(ports.printerUrl, { user: 'kiosk', timeoutMs: 5_000 });
  const reply = await client.printJob(
    { name, format: 'application/pdf', template: {}, fidelity: false },
    colouredPage([0, 0, 1]),
  );
  assert.ok(reply.ok, JSON.stringify(reply));
}

const perform = (deed: Deed) => workbench.bench.perform(deed);
const state = () => workbench.bench.state();

describe('the workbench', () => {
  test('money goes over the coin unit’s wire and comes back into the dish', async () => {
    const wire = await coinWire();
    await wire.ask('beginDeposit');
    await until(() => state().coins.inletOpen, 'the slot is open');
    await perform({ deed: 'insert', yen: 100 });
    await until(() => wire.heard.some(({ event }) => event === 'deposit'), 'the agent hears of the coin');
    await wire.ask('endDeposit', { repay: true });
    assert.deepEqual(state().coins.dish, [100]);
    wire.close();
  });

  test('a sheet that is sent to the printer comes out, is taken and put away', async () => {
    await print('one');
    await until(() => state().tray.length === 1, 'the sheet is out');
    assert.equal(state().stage === 'take-paper' || state().printer.printing, true);
    await perform({ deed: 'take-paper' });
    assert.deepEqual([state().tray.length, state().taken.length], [0, 1]);
    await perform({ deed: 'put-away' });
    assert.equal(state().taken.length, 0);
  });

  test('a power cut kills the kiosk and loses what the printer held; on again, neither prints by itself', async () => {
    await perform({ deed: 'jam', atSheet: 1 });
    await print('lost');
    await until(() => state().printer.jammed, 'the paper has jammed');
    await perform({ deed: 'power-cut' });
    assert.deepEqual([state().kiosk.power, state().printer.printing], ['off', false]);
    await perform({ deed: 'power-on' });
    await until(() => state().kiosk.power === 'on', 'the kiosk is on again');
    await perform({ deed: 'clear-jam' });
    assert.deepEqual([state().printer.jammed, state().printer.printing, state().tray.length], [false, false, 0]);
  });

  test('every fault of the drawer shows, and goes away again', async () => {
    const quiet = JSON.stringify([state().coins, state().printer, state().receipts]);
    const faults = [
      [
        { deed: 'coin-jam', jammed: true },
        { deed: 'coin-jam', jammed: false },
      ],
      [
        { deed: 'change', out: true },
        { deed: 'change', out: false },
      ],
      [
        { deed: 'paper', is: 'low' },
        { deed: 'paper', is: 'full' },
      ],
      [
        { deed: 'paper', is: 'empty' },
        { deed: 'paper', is: 'full' },
      ],
      [
        { deed: 'toner', is: 'low' },
        { deed: 'toner', is: 'full' },
      ],
      [
        { deed: 'toner', is: 'empty' },
        { deed: 'toner', is: 'full' },
      ],
      [
        { deed: 'cover', open: true },
        { deed: 'cover', open: false },
      ],
      [
        { deed: 'jam', atSheet: 2 },
        { deed: 'jam', atSheet: 0 },
      ],
      [
        { deed: 'receipt-paper', out: true },
        { deed: 'receipt-paper', out: false },
      ],
    ] as const;
    for (const [begin, end] of faults) {
      await perform(begin);
      assert.notEqual(JSON.stringify([state().coins, state().printer, state().receipts]), quiet, JSON.stringify(begin));
      await perform(end);
      assert.equal(JSON.stringify([state().coins, state().printer, state().receipts]), quiet, JSON.stringify(end));
    }
  });
});
