/** The bench as its server tells it: whole states, one JSON text a line. A stream that breaks is asked for again. */
import { useEffect, useState } from 'react';
import type { BenchState } from '../src/bench-state.ts';
import type { Deed } from '../src/deeds.ts';

const AGAIN_MS = 1_000;

export interface Bench {
  readonly state: BenchState | undefined;
  /** The last state may be old: the server does not answer. */
  readonly lost: boolean;
}

export function useBench(): Bench {
  const [state, setState] = useState<BenchState>();
  const [lost, setLost] = useState(false);
  useEffect(() => {
    const over = new AbortController();
    const follow = async () => {
      while (!over.signal.aborted) {
        try {
          await readStates(over.signal, (next) => {
            setState(next);
            setLost(false);
          });
        } catch {
          // Below it is asked again.
        }
        if (over.signal.aborted) return;
        setLost(true);
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    };
    void follow();
    return () => over.abort();
  }, []);
  return { state, lost };
}

async function readStates(signal: AbortSignal, tell: (state: BenchState) => void): Promise<void> {
  const response = await fetch('/bench', { signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
    if (done || value === undefined) return;
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    const newest = lines.filter(Boolean).at(-1);
    if (newest) tell(JSON.parse(newest) as BenchState);
  }
}

/** What really happened comes back as a state. */
export function perform(deed: Deed): void {
  void fetch('/bench', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(deed),
  }).catch(() => undefined);
}
