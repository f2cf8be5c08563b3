/** A kiosk with a glass, driven by acts: the fake center, simulated devices, a clock turned by hand. */
import { setImmediate as turn } from 'node:timers/promises';
import type { CardTransport } from '@machikado/card';
import { Act, type Scene, type SceneStep } from '@machikado/protocol';
import { Check } from 'typebox/value';
import type { VoiceLine } from '../ports.ts';
import { createGlass, type Glass } from '../screen/glass.ts';
import { createScreenResident } from '../screen/screen-resident.ts';
import { type EndOfUse, serveResident } from '../use-cases/serve-resident.ts';
import { personRefs } from './fake-offers.ts';
import { createHandClock, type HandClock } from './hand-clock.ts';
import { PIN, testCard } from './test-card.ts';
import { createTestKiosk, type Machine, type MachineOptions, type TestKiosk } from './test-kiosk.ts';

type SceneOf<S extends SceneStep> = Extract<Scene, { readonly step: S }>;
type Distributed<T> = T extends unknown ? Omit<T, 'seq'> : never;
export type Press = Distributed<Act>;

export interface ScreenBench {
  readonly kiosk: TestKiosk;
  readonly machine: Machine;
  readonly glass: Glass;
  readonly clock: HandClock;
  readonly scenes: readonly Scene[];
  readonly spoken: readonly VoiceLine[];
  readonly alarms: readonly string[];
  readonly lamp: readonly string[];
  scene(): Scene;
  /** Until this scene stands; the clock goes on by so much at a time, if at all. */
  until<S extends SceneStep>(
    step: S,
    options?: { passMs?: number; where?: (scene: SceneOf<S>) => boolean },
  ): Promise<SceneOf<S>>;
  press(act: Press, seq?: number): boolean;
  layDown(card?: CardTransport): void;
  /** One use, beginning at ①. */
  begin(): void;
  ended(): Promise<EndOfUse>;
  stop(): void;
  /** From ① to this step, as most people do. */
  walkTo(
    step: 'card' | 'municipality' | 'pin' | 'card-away' | 'choose' | 'pay' | 'take-paper' | 'receipt',
  ): Promise<void>;
  pin(digits?: string): Promise<void>;
}

export const IDLE = { idleMs: 90_000, moreTimeMs: 30_000 };
/** Signatures are made beside the event loop, on a machine that may be busy. */
const STUCK_MS = 15_000;

export async function openScreenBench(
  options: { readonly kiosk?: TestKiosk; readonly machine?: MachineOptions; readonly now?: string } = {},
): Promise<ScreenBench> {
  const kiosk = options.kiosk ?? createTestKiosk();
  const clock = createHandClock(options.now);
  const spoken: VoiceLine[] = [];
  const lamp: string[] = [];
  const alarms: string[] = [];
  const scenes: Scene[] = [];
  const stop = new AbortController();
  const machine = await kiosk.powerOn({
    ...options.machine,
    ports: {
      clock,
      speaker: { say: async (line) => void spoken.push(line), silence: async () => {} },
      lamp: { show: async (state) => void lamp.push(state) },
      ...options.machine?.ports,
    },
  });
  const { ports, front } = machine;
  const glass = createGlass(ports.random);
  glass.watch((scene) => scenes.push(scene));
  const alarm = (what: string) => void alarms.push(what);
  const resident = createScreenResident({ glass, ports, idle: IDLE, stop: stop.signal, alarm });
  let use: Promise<EndOfUse> | undefined;

  const scene = () => scenes.at(-1) as Scene;
  const press: ScreenBench['press'] = (act, seq = scene().seq) => {
    const whole = { seq, ...act };
    if (!Check(Act, whole)) throw new TypeError('no such act');
    return glass.take(whole);
  };
  const until: ScreenBench['until'] = async (step, { passMs, where = () => true } = {}) => {
    for (const from = performance.now(); performance.now() - from < STUCK_MS; ) {
      const now = scene();
      if (now.step === step && where(now as SceneOf<typeof step>)) return now as SceneOf<typeof step>;
      if (passMs === undefined) await turn();
      else await clock.advance(passMs);
    }
    throw new Error(`${step} never came; last ${JSON.stringify(scene())}`);
  };
  const pin: ScreenBench['pin'] = async (digits = PIN) => {
    for (const [i, digit] of [...digits].entries()) {
      await until('pin', { where: (pad) => pad.digits === i });
      press({ act: 'digit', digit });
    }
  };
  const ways: Readonly<Record<Exclude<Parameters<ScreenBench['walkTo']>[0], never>, () => Promise<unknown>>> = {
    async card() {
      await until('menu');
      press({ act: 'begin' });
      await until('card');
    },
    async municipality() {
      front.cardReader.layDown(testCard());
      await until('municipality');
    },
    async pin() {
      press({ act: 'municipality', town: { role: 'residence' } });
      await until('pin');
    },
    async 'card-away'() {
      await pin();
      await until('card-away');
    },
    async choose() {
      await front.cardReader.takeAway();
      await until('choose');
    },
    async pay() {
      press(orderOf());
      await until('pay');
    },
    async 'take-paper'() {
      for (const yen of [100, 100, 100]) front.coinUnit.insert(yen);
      await until('pay', { where: ({ depositedYen }) => depositedYen === 300 });
      press({ act: 'pay' });
      await until('take-paper', { passMs: 500 });
    },
    async receipt() {
      front.printer.takePaper(front.outDir);
      press({ act: 'taken' });
      await until('receipt', { passMs: 500 });
    },
  };

  return {
    ...{ kiosk, machine, glass, clock, scenes, spoken, alarms, lamp, scene, until, press, pin },
    layDown: (card = testCard()) => front.cardReader.layDown(card),
    begin() {
      use = serveResident(resident, ports);
    },
    async ended() {
      let end: EndOfUse | undefined;
      use?.then((value) => {
        end = value;
      });
      for (const from = performance.now(); !end && performance.now() - from < STUCK_MS; ) await turn();
      if (!end) throw new Error(`the use goes on; last ${JSON.stringify(scene())}`);
      return end;
    },
    stop: () => stop.abort(),
    async walkTo(step) {
      for (const [name, way] of Object.entries(ways)) {
        await way();
        if (name === step) return;
      }
    },
  };
}

/** ⑩ 確定する, for oneself, one copy. */
export function orderOf(change: Partial<Extract<Press, { act: 'order' }>> = {}): Press {
  return {
    ...{ act: 'order', kind: 'resident-record', scope: 'self', personRefs: personRefs.slice(0, 1) },
    ...{ items: [], copies: 1, feeYen: 300 },
    ...change,
  };
}
