/**
 * Steps between the agent and everything it touches, one act at a time (`coinUnit.fixDeposit`, `center.reportPayment`, …). The
 * pseudo-store plays its faults here, and tests kill the agent here.
 */
import type { Ports } from './ports.ts';

export interface Interposer {
  before?(act: string): void | Promise<void>;
  after?(act: string): void | Promise<void>;
}

const touched = ['center', 'coinUnit', 'printer', 'receiptPrinter', 'cardReader', 'journal'] as const;

/** Looking changes nothing, so nobody steps in between. */
const looks: ReadonlySet<string> = new Set([
  'journal.sound',
  'journal.entriesOf',
  'journal.openOrders',
  'coinUnit.totals',
  'coinUnit.status',
  'coinUnit.depositAmount',
  'coinUnit.canDispense',
  'coinUnit.waitForChange',
  'cardReader.cards',
  'cardReader.onChange',
  'receiptPrinter.status',
  'printer.trayEmpty',
  'printer.status',
  'printer.findJob',
  'printer.activeJobs',
]);

export function interpose(ports: Ports, between: Interposer): Ports {
  const wrapped = touched.map((name) => [name, wrap(name, ports[name], between)] as const);
  return { ...ports, ...Object.fromEntries(wrapped) };
}

function wrap<T extends object>(name: string, port: T, between: Interposer): T {
  return new Proxy(port, {
    get(target, key, receiver) {
      const method = Reflect.get(target, key, receiver);
      const act = `${name}.${String(key)}`;
      if (typeof method !== 'function' || looks.has(act)) return method;
      return async (...args: unknown[]) => {
        await between.before?.(act);
        const result: unknown = await Reflect.apply(method, target, args);
        await between.after?.(act);
        return act === 'center.openLogin' ? wrap('login', result as object, between) : result;
      };
    },
  });
}
