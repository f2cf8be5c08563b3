/** 商店街: the process of street-process.ts from outside. It is killed, stands still, and comes back with all its stores. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Killable } from '../kill/killable-service.ts';
import type {
  Acknowledged,
  FromStreet,
  Order,
  Settled,
  StoreSetting,
  StreetUse,
  StreetWeather,
  ToStreet,
} from './street-process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const DIED = 'died';
type OrDied<T> = T | typeof DIED;

export interface Street extends Killable {
  readonly name: string;
  readonly kiosks: readonly string[];
  child(): ChildProcess;
  use(order: Omit<Extract<Order, { do: 'use' }>, 'do'>): Promise<OrDied<StreetUse>>;
  settle(kioskId: string): Promise<OrDied<Settled>>;
  reopen(kioskId: string): Promise<OrDied<void>>;
  /** Stays until the next, whoever dies meanwhile. */
  setWeather(weather: StreetWeather): Promise<void>;
  /** Resolves when the process has told of the act that was asked for, or is gone. */
  told(): Promise<void>;
  stop(): Promise<void>;
}

export interface StreetOptions {
  readonly name: string;
  readonly seed: string;
  /** From the root of the repository. */
  readonly program: string;
  /** `--import …` */
  readonly nodeArgs: readonly string[];
  readonly stores: readonly StoreSetting[];
  onAcknowledged(acknowledged: Acknowledged): void;
}

export async function openStreet(options: StreetOptions): Promise<Street> {
  const { name, program, nodeArgs, stores, seed } = options;
  let opening = 0;
  let asked = 0;
  let weather: StreetWeather = { lost: 0, twice: 0, diskFull: false };
  let waiting = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();
  let onAct: () => void = () => undefined;
  let onReady: () => void = () => undefined;
  let child = start();
  /** While a process comes up, orders wait for it. */
  let up = openStores();
  await up;

  function start(): ChildProcess {
    opening += 1;
    const made = fork(join(root, program), [`${seed} ${name} ${opening}`], { execArgv: [...nodeArgs] });
    const mine = waiting;
    made.on('message', (message: FromStreet) => {
      if ('acknowledged' in message) return options.onAcknowledged(message.acknowledged);
      if ('acts' in message) return onAct();
      if ('ready' in message) return onReady();
      if (!('n' in message)) return;
      const asker = mine.get(message.n);
      mine.delete(message.n);
      if ('failure' in message) asker?.reject(new Error(`${name}: ${message.failure}`));
      else asker?.resolve(message.answer);
    });
    made.on('error', () => undefined);
    made.once('exit', () => {
      for (const { resolve } of mine.values()) resolve(DIED);
      mine.clear();
      onAct();
      onReady();
    });
    return made;
  }

  function ask(order: Order): Promise<unknown> {
    if (child.exitCode !== null || child.signalCode !== null || !child.connected) return Promise.resolve(DIED);
    asked += 1;
    const n = asked;
    const answer = new Promise<unknown>((resolve, reject) => waiting.set(n, { resolve, reject }));
    child.send({ ...order, n } satisfies ToStreet);
    return answer;
  }

  async function openStores(): Promise<void> {
    await new Promise<void>((resolve) => {
      onReady = resolve;
    });
    await ask({ do: 'weather', weather });
    const opened = await Promise.all(stores.map((store) => ask({ do: 'open', store })));
    if (opened.includes(DIED)) throw new Error(`${name} did not open`);
  }

  const afterUp = async <T>(order: Order): Promise<OrDied<T>> => {
    await up;
    return (await ask(order)) as OrDied<T>;
  };
  return {
    name,
    kiosks: stores.map(({ config }) => config.kioskId),
    child: () => child,
    use: (order) => afterUp({ do: 'use', ...order }),
    settle: (kioskId) => afterUp({ do: 'settle', kioskId }),
    reopen: (kioskId) => afterUp({ do: 'reopen', kioskId }),
    async setWeather(next) {
      weather = next;
      await afterUp({ do: 'weather', weather });
    },
    told: () =>
      new Promise((resolve) => {
        onAct = resolve;
      }),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    async revive() {
      waiting = new Map();
      child = start();
      up = openStores();
      await up;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
