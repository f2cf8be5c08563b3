/**
 * The glass’s end of the wire to its agent: scenes come as a stream of lines, acts go one after the other. A wire that breaks or falls
 * silent, or on which an act hangs, is told as `onLost` and taken up again, a little later each time; what was said on it and not heard yet is not
 * said again. An agent that was started anew knows this page’s token no more: `onRefused`, and only a page with the new address helps.
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
  readonly onRefused: () => void;
}

export interface AgentConnection {
  say(act: Act): Promise<void>;
  /** Ends by itself only when the page goes. */
  readonly listening: Promise<void>;
  close(): void;
}

/** Where the table of 市区町村 is going to be needed; by then the agent knows whether invented ones belong in it. */
const needsTowns: ReadonlySet<Scene['step']> = new Set(['card', 'municipality']);

export const silenceMaxMs = 25_000;
export const actMaxMs = 5_000;
const REFUSED = 401;
const pausesMs = [200, 500, 1_000, 2_000, 5_000] as const;
const triesMax = 5;
const nextSceneMs = 100;

export function connectToAgent(wire: AgentWire): AgentConnection {
  const headers = { authorization: `Bearer ${wire.token}` };
  const page = new AbortController();
  let stream = new AbortController();
  let latest: Scene | undefined;
  let askedTowns = false;
  let queue = Promise.resolve();

  async function listen(): Promise<void> {
    for (let failures = 0; !page.signal.aborted; failures++) {
      stream = new AbortController();
      const heard = await listenOnce(stream).catch(() => 0);
      stream.abort();
      if (page.signal.aborted) return;
      latest = undefined;
      if (heard === 'refused') return wire.onRefused();
      wire.onLost();
      if (heard > 1) failures = 0;
      await wire.wait(pausesMs[Math.min(failures, pausesMs.length - 1)] ?? 0);
    }
  }

  /** Until the stream ends or falls silent; how many lines came. */
  async function listenOnce(stream: AbortController): Promise<number | 'refused'> {
    let lines = 0;
    const watch = watchSilence(wire.wait, () => stream.abort());
    try {
      const reply = await wire.fetch('/scenes', { headers, signal: stream.signal });
      if (reply.status === REFUSED) return 'refused';
      if (!reply.ok || !reply.body) return 0;
      for await (const line of linesOf(reply.body)) {
        watch.heard();
        lines++;
        if (line.trim() === '') continue;
        latest = JSON.parse(line) as Scene;
        wire.onScene(latest);
        if (needsTowns.has(latest.step)) askTowns();
      }
      return lines;
    } finally {
      watch.stop();
    }
  }

  /** Once in the life of the page; an answer that does not come is asked for again with the next scene. */
  function askTowns(): void {
    if (askedTowns) return;
    askedTowns = true;
    fetchTowns().catch(() => {
      askedTowns = false;
    });
  }

  async function fetchTowns(): Promise<void> {
    const reply = await wire.fetch('/municipalities.json', { headers, signal: page.signal });
    if (!reply.ok) throw new Error('no municipalities');
    wire.onTowns((await reply.json()) as Town[]);
  }

  /** Fast fingers: an act that overtook the scene, which meanwhile was told anew, goes again under its newer number. */
  async function post(act: Act, answers: Scene | undefined, on: AbortController): Promise<void> {
    for (let seq = act.seq, tries = 0; tries < triesMax; tries++) {
      if (on.signal.aborted) return;
      const request = wire.fetch('/acts', {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ ...act, seq }),
        signal: on.signal,
      });
      const reply = await beforeTime(request, on);
      if (reply.status !== 409) return;
      if (latest?.seq === seq) await wire.wait(nextSceneMs);
      if (!latest || latest.seq === seq || !isSameQuestion(answers, latest)) return;
      seq = latest.seq;
    }
  }

  /** An agent on the same machine answers at once: one that does not is not there, and the others wait behind. */
  async function beforeTime(request: Promise<Response>, on: AbortController): Promise<Response> {
    let isOver = false;
    void wire.wait(actMaxMs).then(() => isOver || on.abort());
    return request.finally(() => {
      isOver = true;
    });
  }

  return {
    say: (act) => {
      const [answers, on] = [latest, stream];
      queue = queue.then(() => post(act, answers, on)).catch(() => undefined);
      return queue;
    },
    listening: listen(),
    close: () => {
      page.abort();
      stream.abort();
    },
  };
}

/** The very same question, told anew: a digit more, a second less. */
function isSameQuestion(one: Scene | undefined, other: Scene): boolean {
  if (one?.step !== other.step || one.use !== other.use) return false;
  return one.step !== 'pin' || other.step !== 'pin' || one.triesLeft === other.triesLeft;
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
