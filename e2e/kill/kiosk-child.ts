/** The kiosk process of kiosk-process.ts, from outside. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Order } from './kiosk-process.ts';
import type { EndOfVisit, Printer, Wish } from './machine.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface KioskChild {
  recover(): Promise<readonly string[]>;
  /** `killed` when the process ended in the middle of it. */
  serve(wish: Wish, killAfterAct?: number): Promise<EndOfVisit | 'killed'>;
  kill(): Promise<void>;
  end(): Promise<void>;
}

/** `program` from the root of the repository. Begins to load at once, so that it is ready when its turn comes. */
export function startKiosk(
  program: string,
  configFile: string,
  cardFile: string,
  printer: Printer = 'goes-on',
): KioskChild {
  const child = fork(join(root, program), [configFile, cardFile, printer], { execArgv: [] });
  const loaded = answerOf(child);
  loaded.catch(() => undefined);
  const ask = async (order: Order): Promise<unknown> => {
    if ((await loaded) === 'killed') return 'killed';
    const answer = answerOf(child);
    child.send(order);
    return answer;
  };
  return {
    recover: async () => (await ask({ do: 'recover' })) as readonly string[],
    serve: async (wish, killAfterAct) =>
      (await ask({ do: 'serve', wish, ...(killAfterAct && { killAfterAct }) })) as EndOfVisit | 'killed',
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      await ask({ do: 'end' });
      await gone;
    },
  };
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const answered = new AbortController();
  try {
    return await Promise.race([
      once(child, 'message', { signal: answered.signal }).then(([message]) => message as unknown),
      once(child, 'exit', { signal: answered.signal }).then(([code, signal]) => {
        if (signal === 'SIGKILL') return 'killed';
        throw new Error(`the kiosk process ended with ${code ?? signal}`);
      }),
    ]);
  } finally {
    answered.abort();
  }
}
