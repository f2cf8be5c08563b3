/**
 * One kiosk as a process that can be killed: `kiosk-process.ts <config file> <card file> <goes-on|aborted>`. It recovers when it is told to, then
 * serves one resident after another. `killAfterAct` is a real SIGKILL from within, after the n-th act of that use.
 */
import { readFileSync } from 'node:fs';
import { createPdfReader } from '@machikado/inspection';
import { type KioskConfig, pdfSheetReader } from '@machikado/kiosk-agent';
import { openMachine, type Printer, type Wish } from './machine.ts';

export type Order =
  | { readonly do: 'recover' }
  | { readonly do: 'serve'; readonly wish: Wish; readonly killAfterAct?: number }
  | { readonly do: 'end' };

const [configFile = '', cardFile = '', printer = 'goes-on'] = process.argv.slice(2);
const config = JSON.parse(readFileSync(configFile, 'utf8')) as KioskConfig;
const eyes = createPdfReader({ workers: 1 });
let actsToLive = Number.POSITIVE_INFINITY;

const machine = () =>
  openMachine(config, cardFile, pdfSheetReader(eyes), {
    printer: printer as Printer,
    between: {
      after() {
        actsToLive -= 1;
        if (actsToLive === 0) process.kill(process.pid, 'SIGKILL');
      },
    },
  });
let opened: Awaited<ReturnType<typeof machine>> | undefined;

process.on('message', async (order: Order) => {
  const answer = await carryOut(order);
  process.send?.(answer, () => order.do === 'end' && process.disconnect());
});
process.once('disconnect', () => process.exit(0));
process.send?.('loaded');

async function carryOut(order: Order): Promise<unknown> {
  switch (order.do) {
    case 'recover':
      opened = await machine();
      return opened.recover();
    case 'serve':
      actsToLive = order.killAfterAct ?? Number.POSITIVE_INFINITY;
      return opened?.serve(order.wish);
    case 'end':
      await opened?.close();
      await eyes.close();
      return 'ended';
  }
}
