import type { Act, Scene } from '@machikado/protocol';
import { describe, expect, test } from 'vitest';
import { connectToAgent } from './agent-connection.ts';
import { scenes, towns } from './testing/scenes.ts';

const turn = async () => {
  for (let i = 0; i < 40; i++) await Promise.resolve();
  await new Promise((resolve) => setTimeout(resolve, 0));
};

/** An agent in memory; time passes when a test says so. */
function openAgent() {
  const scenesSeen: Scene[] = [];
  const acts: Act[] = [];
  const sleepers: (() => void)[] = [];
  const events: string[] = [];
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
  let answer: (act: Act) => number | 'never' = () => 204;
  let isRefusing = false;
  const serve = async (path: string, init: RequestInit = {}): Promise<Response> => {
    events.push(`${path} ${(init.headers as Record<string, string>).authorization}`);
    if (path === '/municipalities.json') return new Response(JSON.stringify(towns));
    if (path === '/acts') {
      const act = JSON.parse(String(init.body)) as Act;
      const status = answer(act);
      if (status === 'never')
        return new Promise((_, reject) => init.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
      if (status === 204) acts.push(act);
      return new Response(null, { status });
    }
    if (isRefusing) return new Response(null, { status: 401 });
    return new Response(
      new ReadableStream<Uint8Array>({
        start(controller) {
          stream = controller;
          init.signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
        },
      }),
    );
  };
  const agent = connectToAgent({
    token: 'token',
    fetch: serve as typeof fetch,
    wait: () => new Promise((resolve) => sleepers.push(resolve)),
    onScene: (scene) => scenesSeen.push(scene),
    onTowns: (list) => events.push(`towns ${list.length}`),
    onLost: () => events.push('lost'),
    onRefused: () => events.push('refused'),
  });
  return {
    agent,
    acts,
    events,
    scenesSeen,
    tell: async (...chunks: (string | Uint8Array)[]) => {
      for (const chunk of chunks) stream?.enqueue(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
      await turn();
    },
    hangUp: async () => {
      stream?.close();
      await turn();
    },
    answerWith(next: typeof answer) {
      answer = next;
    },
    startAnew() {
      isRefusing = true;
    },
    passTime: async () => {
      for (const wake of sleepers.splice(0)) wake();
      await turn();
    },
  };
}

const line = (scene: object, seq: number) => `${JSON.stringify({ ...scene, use: 'one', seq })}\n`;

describe('the wire to the agent', () => {
  test('takes scenes however the bytes are cut, also within a letter', async () => {
    const one = openAgent();
    await turn();
    const text = new TextEncoder().encode(line(scenes.municipality, 1));
    const withinLetter = text.findIndex((byte) => byte > 127) + 1;
    await one.tell('\n', text.slice(0, withinLetter), text.slice(withinLetter));
    await one.tell(line(scenes.card, 2).slice(0, 20), line(scenes.card, 2).slice(20) + line(scenes.pin, 3));
    expect(one.scenesSeen.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(one.scenesSeen[0]).toEqual({ ...scenes.municipality, use: 'one', seq: 1 });
    one.agent.close();
  });

  test('asks for the municipalities once, when a use has begun', async () => {
    const one = openAgent();
    await turn();
    await one.tell(line(scenes.menu, 1));
    expect(one.events).not.toContain('towns 3');
    await one.tell(line(scenes.card, 2), line(scenes.municipality, 3));
    expect(one.events.filter((event) => event === 'towns 3')).toHaveLength(1);
    one.agent.close();
  });

  test('is taken up again when it breaks, with the token in the header', async () => {
    const one = openAgent();
    await turn();
    await one.tell(line(scenes.menu, 1));
    await one.hangUp();
    expect(one.events.at(-1)).toBe('lost');
    await one.passTime();
    await one.tell(line(scenes.menu, 2));
    expect(one.events.filter((event) => event === '/scenes Bearer token')).toHaveLength(2);
    expect(one.scenesSeen).toHaveLength(2);
    one.agent.close();
  });

  test('one that falls silent counts as broken', async () => {
    const one = openAgent();
    await turn();
    await one.tell(line(scenes.menu, 1));
    await one.passTime();
    expect(one.events).not.toContain('lost');
    await one.tell('\n');
    await one.passTime();
    expect(one.events).not.toContain('lost');
    await one.passTime();
    expect(one.events).toContain('lost');
    one.agent.close();
  });

  test('digits faster than the scenes all arrive, in order, none twice', async () => {
    const one = openAgent();
    await turn();
    await one.tell(line(scenes.pin, 1));
    let seq = 1;
    let digits = 0;
    one.answerWith((act) => {
      if (act.seq !== seq) return 409;
      seq += 1;
      digits += 1;
      void one.tell(line({ ...scenes.pin, digits }, seq));
      return 204;
    });
    const said = ['2', '0', '2', '6'].map((digit) => one.agent.say({ act: 'digit', digit, seq: 1 }));
    for (let i = 0; i < 20; i++) await one.passTime();
    await Promise.all(said);
    expect(one.acts.map((act) => act.act === 'digit' && act.digit)).toEqual(['2', '0', '2', '6']);
    one.agent.close();
  });

  test('an act for a scene that is over is let go', async () => {
    const one = openAgent();
    await turn();
    await one.tell(line(scenes.pin, 1));
    one.answerWith(({ seq }) => (seq === 2 ? 204 : 409));
    const said = one.agent.say({ act: 'digit', digit: '1', seq: 1 });
    await one.tell(line({ ...scenes.pin, triesLeft: 2, wrong: true }, 2));
    for (let i = 0; i < 5; i++) await one.passTime();
    await said;
    expect(one.acts).toEqual([]);
    one.agent.close();
  });

  test('an act that hangs is given up with its wire, and those behind it go with it', async () => {
    const one = openAgent();
    await turn();
    await one.tell(line(scenes.pin, 1));
    one.answerWith(() => 'never');
    const hanging = one.agent.say({ act: 'digit', digit: '1', seq: 1 });
    const behind = one.agent.say({ act: 'digit', digit: '2', seq: 1 });
    await turn();
    expect(one.events).not.toContain('lost');
    await one.passTime();
    await Promise.all([hanging, behind]);
    expect(one.events.at(-1)).toBe('lost');
    expect(one.events.filter((event) => event.startsWith('/acts'))).toHaveLength(1);

    one.answerWith(() => 204);
    await one.passTime();
    await one.tell(line(scenes.pin, 2));
    await one.agent.say({ act: 'digit', digit: '3', seq: 2 });
    expect(one.acts).toEqual([{ act: 'digit', digit: '3', seq: 2 }]);
    one.agent.close();
  });

  test('an act that was heard in time leaves the wire alone, however much time passes', async () => {
    const one = openAgent();
    await turn();
    await one.tell(line(scenes.card, 1));
    await one.agent.say({ act: 'quit', seq: 1 });
    await one.tell('\n');
    await one.passTime();
    expect(one.events).not.toContain('lost');
    one.agent.close();
  });

  test('an agent that was started anew refuses it: that is said, and no more asked', async () => {
    const one = openAgent();
    await turn();
    await one.tell(line(scenes.menu, 1));
    one.startAnew();
    await one.hangUp();
    await one.passTime();
    expect(one.events.at(-1)).toBe('refused');
    const asked = one.events.length;
    await one.passTime();
    await one.agent.listening;
    expect(one.events).toHaveLength(asked);
  });
});
