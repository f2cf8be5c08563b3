/** `GET /bench`: the whole state at once, and again after each change; an empty line now and then keeps the stream alive. */
import type { ServerResponse } from 'node:http';
import type { BenchState } from './bench-state.ts';

export interface StateStream {
  join(response: ServerResponse): void;
  /** Many changes in one turn are told once. */
  changed(): void;
  close(): void;
}

const ALIVE_MS = 10_000;

export function createStateStream(state: () => BenchState): StateStream {
  const listeners = new Set<ServerResponse>();
  let told = '';
  let telling: NodeJS.Immediate | undefined;
  const tell = () => {
    telling = undefined;
    const text = JSON.stringify(state());
    if (text === told) return;
    told = text;
    for (const listener of listeners) listener.write(`${text}\n`);
  };
  const alive = setInterval(() => {
    for (const listener of listeners) listener.write('\n');
  }, ALIVE_MS);

  return {
    join(response) {
      listeners.add(response);
      response.once('close', () => listeners.delete(response));
      response.write(`${JSON.stringify(state())}\n`);
    },
    changed() {
      telling ??= setImmediate(tell);
    },
    close() {
      clearInterval(alive);
      clearImmediate(telling);
      for (const listener of listeners) listener.end();
    },
  };
}
