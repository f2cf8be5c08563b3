/**
 * The glass’s end of the wire to its agent: scenes come as a stream of lines, acts go one after the other. A wire that breaks or falls
 * silent is told as `onLost` and taken up again, a little later each time.
 */
import type { Act, Scene } from '@machikado/protocol';
import type { Town } from './municipality-list.ts';

export interface AgentWire {
  /** From the fragment of the page’s address; never sent anywhere else. */
  readonly token: string;
  readonly fetch: typeof fetch;
  readonly wait: (ms: number) => Promise<void>;
  readonly onScene: (scene: Scene) => void;
  readonly onTowns: (towns: readonly Town[]) => void;
  readonly onLost: () => void;
}

export interface AgentConnection {
  say(act: Act): Promise<void>;
  /** Ends by itself only when the page goes. */
  readonly listening: Promise<void>;
  close(): void;
}

export const silenceMaxMs = 25_000;
const pausesMs = [200, 500, 1_000, 2_000, 5_000] as const;
const digitTries = 5;
const nextSceneMs = 100;

export function connectToAgent(wire: AgentWire): AgentConnection {
  const headers = { authorization: `Bearer ${wire.token}` };
  const page = new AbortController();
  let latest: Scene | undefined;
  let towns = false;
  let queue = Promise.resolve();

  async function listen(): Promise<void> {
    for (let failures = 0; !page.signal.aborted; failures++) {
      const heard = await listenOnce().catch(() => 0);
      if (page.signal.aborted) return;
      latest = undefined;
      wire.onLost();
      if (heard > 1) failures = 0;
      await wire.wait(pausesMs[Math.min(failures, pausesMs.length - 1)] ?? 0);
    }
  }

  /** Until the stream ends or falls silent; how many lines came. */
  async function listenOnce(): Promise<number> {
    const stream = new AbortController();
    page.signal.addEventListener('abort', () => stream.abort(), { once: true });
    let lines = 0;
    const watch = watchSilence(wire.wait, () => stream.abort());
    try {
      const reply = await wire.fetch('/scenes', { headers, signal: stream.signal });
      if (!reply.ok || !reply.body) return 0;
      if (!towns) await askTowns();
      for await (const line of linesOf(reply.body)) {
        watch.heard();
        lines++;
        if (line.trim() === '') continue;
        latest = JSON.parse(line) as Scene;
        wire.onScene(latest);
      }
      return lines;
    } finally {
      watch.stop();
    }
  }

  async function askTowns(): Promise<void> {
    const reply = await wire.fetch('/municipalities.json', { headers, signal: page.signal });
    if (!reply.ok) return;
    wire.onTowns((await reply.json()) as Town[]);
    towns = true;
  }

  /** Fast fingers: a digit that overtook the scene of the one before goes again under the newer number, as long as ④ is there. */
  async function post(act: Act): Promise<void> {
    for (let tries = 0; tries < digitTries; tries++) {
      const seq = act.act === 'digit' && latest?.step === 'pin' ? latest.seq : act.seq;
      const body = JSON.stringify({ ...act, seq });
      const reply = await wire.fetch('/acts', {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body,
        signal: page.signal,
      });
      if (reply.status !== 409 || act.act !== 'digit') return;
      await wire.wait(nextSceneMs);
      if (latest?.step !== 'pin') return;
    }
  }

  return {
    say: (act) => {
      queue = queue.then(() => post(act)).catch(() => undefined);
      return queue;
    },
    listening: listen(),
    close: () => page.abort(),
  };
}

function watchSilence(wait: AgentWire['wait'], onSilence: () => void) {
  let beats = 0;
  let stopped = false;
  const watch = async () => {
    for (let seen = -1; !stopped; ) {
      if (seen === beats) return onSilence();
      seen = beats;
      await wait(silenceMaxMs);
    }
  };
  void watch();
  return {
    heard: () => {
      beats++;
    },
    stop: () => {
      stopped = true;
    },
  };
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
