/**
 * Where a PIN goes, by comparison instead of by search: four digits hide in any number, and a hash of them hides altogether. One use
 * is recorded against the real center; then it is played again with other PINs and with everything else the same: clock, chance,
 * replies, the card’s key. Whatever leaves the agent must be the same to the byte; where it differs, it knows the PIN.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inspect } from 'node:util';
import { type CardFile, type CardTransport, VirtualCard, virtualCardTransport } from '@machikado/card';
import {
  type Center,
  createScriptedResident,
  type LoginChannel,
  type Ports,
  type Script,
} from '@machikado/kiosk-agent';
import type { Chain } from './open-chain.ts';
import { openKiosk, type Wishes } from './open-kiosk.ts';

/** A use that can be played again: what chance said, and what the center answered, call by call. */
export interface Tape {
  readonly chance: string;
  readonly calls: { readonly act: string; readonly reply: unknown }[];
}

export interface PlayedUse {
  readonly code: string;
  /** Every message, file, error and command to the card but VERIFY, by its place. */
  readonly outside: ReadonlyMap<string, string>;
  /** VERIFY commands as the card saw them. */
  readonly verified: readonly string[];
  /** Every buffer that held the PIN: as the resident gave it, and as it went to the card. */
  readonly pinBuffers: readonly Uint8Array[];
}

export interface Play {
  readonly chain: Chain;
  readonly card: CardFile;
  /** As typed, one after the other. */
  readonly pins: readonly string[];
  readonly wishes?: Wishes;
  /** Recorded when empty, played when not. */
  readonly tape: Tape;
  /** A fault in the agent, for testing the test. */
  readonly leak?: (pin: string, ports: Ports) => Ports;
}

const VERIFY = '0020';
const NOON = new Date('2026-11-24T03:00:00.000Z');

export async function playUse({ chain, card, pins, wishes = {}, tape, leak }: Play): Promise<PlayedUse> {
  const dir = mkdtempSync(join(chain.dir, 'pin-'));
  const outside = new Map<string, string>();
  const say = (what: string, text: string) => outside.set(`${String(outside.size).padStart(4, '0')} ${what}`, text);
  const verified: string[] = [];
  const pinBuffers: Uint8Array[] = [];
  const play = tape.calls.length > 0 ? [...tape.calls] : undefined;
  const kiosk = await openKiosk(chain, {
    ...{ stateDir: join(dir, 'state'), outDir: join(dir, 'paper') },
    wrap(ports) {
      const quiet = { ...ports, clock: { ...ports.clock, now: () => NOON }, random: foreseenBytes(tape.chance) };
      const center = play ? playedCenter(play) : recordedCenter(quiet.center, tape.calls);
      const leaking = leak?.(pins.join(), { ...quiet, center: heardCenter(center, say) });
      return leaking ?? { ...quiet, center: heardCenter(center, say) };
    },
  });
  const transport = watched(virtualCardTransport(new VirtualCard(card, () => undefined)), (apdu) => {
    const text = Buffer.from(apdu).toString('hex');
    if (!text.startsWith(VERIFY) || apdu.length < 9) return say('to the card', text);
    pinBuffers.push(apdu);
    verified.push(text);
  });
  const typed = [...pins];
  const script = { ...ordinary, ...wishes, card: () => transport };
  const resident = createScriptedResident(script, { ...kiosk.agent.front, outDir: kiosk.outDir });
  const { error, ...end } = await kiosk.agent.serve({
    ...resident,
    async enterPin() {
      const pin = new TextEncoder().encode(typed.shift());
      pinBuffers.push(pin);
      return pin;
    },
  });
  await kiosk.close();
  say('end of use', inspect(end, { depth: 8 }));
  say('error', withoutCallers(inspect(error, { depth: 8 })));
  for (const file of filesBelow(dir)) say(relative(dir, file), readFileSync(file).toString('hex'));
  rmSync(dir, { recursive: true });
  return { code: end.code, outside, verified, pinBuffers };
}

/** Which line of a test began the use is no secret. */
function withoutCallers(trace: string): string {
  return trace.replace(/^ +at .*\/e2e\/.*$/gm, '');
}

/** Places at which two uses differ. */
export function differences(a: PlayedUse, b: PlayedUse): string[] {
  return [...new Set([...a.outside.keys(), ...b.outside.keys()])].filter(
    (place) => a.outside.get(place) !== b.outside.get(place),
  );
}

const ordinary: Omit<Script, 'card'> = {
  ...{
    pin: '',
    wrongPins: 0,
    town: { role: 'residence' },
    kind: 'resident-record',
    scope: 'self',
    persons: [],
    items: [],
  },
  ...{ copies: 1, payment: 'over' },
};

function foreseenBytes(chance: string): Ports['random'] {
  let n = 0;
  return (length) => {
    n += 1;
    return new Uint8Array(createHash('shake256', { outputLength: length }).update(`${chance} ${n}`).digest());
  };
}

/** The bytes as they are now, before anybody zeroes them. */
function watched(transport: CardTransport, see: (apdu: Uint8Array) => void): CardTransport {
  return {
    ...transport,
    transmit(apdu) {
      see(apdu);
      return transport.transmit(apdu);
    },
  };
}

function heardCenter(center: Center, say: (what: string, text: string) => void): Center {
  const hear = <T extends object>(name: string, target: T): T =>
    new Proxy(target, {
      get(_, key) {
        const method = Reflect.get(target, key);
        if (typeof method !== 'function') return method;
        return async (...args: unknown[]) => {
          say(`${name}.${String(key)}`, JSON.stringify(args));
          const reply: unknown = await Reflect.apply(method, target, args);
          return key === 'openLogin' ? hear('login', reply as object) : reply;
        };
      },
    });
  return hear('center', center);
}

function recordedCenter(center: Center, calls: Tape['calls']): Center {
  const record = <T extends object>(name: string, target: T): T =>
    new Proxy(target, {
      get(_, key) {
        const method = Reflect.get(target, key);
        if (typeof method !== 'function') return method;
        return async (...args: unknown[]) => {
          const reply: unknown = await Reflect.apply(method, target, args);
          if (key === 'openLogin') return record('login', reply as object);
          calls.push({ act: `${name}.${String(key)}`, reply: structuredClone(reply) });
          return reply;
        };
      },
    });
  return record('center', center);
}

function playedCenter(calls: Tape['calls']): Center {
  const play = <T extends object>(name: string): T =>
    new Proxy({} as T, {
      get: (_, key) => {
        if (key === 'then') return undefined;
        return async () => {
          if (key === 'openLogin') return play<LoginChannel>('login');
          const next = calls.shift();
          if (next?.act !== `${name}.${String(key)}`) throw new Error(`the tape has ${next?.act}, not ${String(key)}`);
          return structuredClone(next.reply);
        };
      },
    });
  return play<Center>('center');
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
