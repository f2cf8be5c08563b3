/**
 * kill -9 of each process in the middle of a use, again and again: at an act that the seed draws, then everybody is started again at once, and
 * it is measured how long it takes until the next person at that machine holds the right paper.
 */
import { median } from '../../bench/quantile.ts';
import type { Killable } from '../kill/killable-service.ts';
import { createDice } from '../storm/dice.ts';
import { killServer } from './database-server.ts';
import type { TyphoonOptions } from './options.ts';
import type { Stores, Wish } from './stores.ts';
import type { Street } from './street.ts';
import { revive } from './supervise.ts';
import type { TyphoonTown } from './town.ts';

export const victims = ['kiosk', 'center', 'issuer', 'postgres'] as const;
export type Victim = (typeof victims)[number];

export interface KillFigures {
  readonly recoveryMs: ReadonlyMap<Victim, readonly number[]>;
  readonly stuck: readonly string[];
}

/** Of a use with two copies; a kill that finds the use over strikes right after it. */
const ACTS = 60;
const GIVE_UP_MS = 120_000;
const PROGRESS_EVERY = 10;
/** Registers change around whoever is served: nobody’s 附票 takes the addresses of 300 rounds. */
const SOMEONE_ELSE_EVERY = 50;
const dying: Wish['wishes'] = { scope: 'self', copies: 2, payment: 'over' };
const next: Wish['wishes'] = { scope: 'self', copies: 1, payment: 'exact' };

export async function killLoops(
  town: TyphoonTown,
  stores: Stores,
  { kills, seed, phaseMs }: TyphoonOptions,
  say: (line: string) => void,
): Promise<KillFigures> {
  const dice = createDice(`${seed} kills`);
  const street = stores.streets.at(-1);
  const [kioskId] = street?.kiosks ?? [];
  const [center] = town.centers;
  const [issuer] = town.issuers;
  if (!street || kioskId === undefined || !center || !issuer) throw new RangeError('a town without a lonely kiosk');
  let applicant = await someoneServed(stores, street, kioskId);
  const bodies: Readonly<Record<Victim, Killable>> = {
    ...{ kiosk: street, center, issuer },
    postgres: { kill: () => killServer(town.server), revive: town.server.revive },
  };
  const recoveryMs = new Map<Victim, number[]>(victims.map((victim) => [victim, []]));
  const stuck: string[] = [];

  async function once(victim: Victim): Promise<void> {
    const n = 1 + dice.int(ACTS);
    const told = street?.told();
    const visit = stores.serve(street as Street, kioskId as string, {
      ...{ applicant, wishes: dying },
      atAct: { n, what: victim === 'kiosk' ? 'die' : 'tell' },
    });
    await Promise.race([told, visit]);
    await bodies[victim].kill();
    const killedAt = performance.now();
    const back = revive(bodies[victim]);
    await visit;
    const giveUp = () => performance.now() - killedAt > GIVE_UP_MS;
    for (let code = ''; code !== 'OK' && !giveUp(); ) {
      await stores.settle(street as Street, kioskId as string, giveUp);
      ({ code } = await stores.serve(street as Street, kioskId as string, { applicant, wishes: next }));
    }
    if (giveUp()) stuck.push(`nobody was served after kill -9 of ${victim} at act ${n}`);
    recoveryMs.get(victim)?.push(performance.now() - killedAt);
    await back;
  }

  const endsAt = performance.now() + phaseMs;
  for (let round = 1; round <= kills && performance.now() < endsAt; round += 1) {
    if (round % SOMEONE_ELSE_EVERY === 0) applicant = await someoneServed(stores, street, kioskId);
    for (const victim of victims) await once(victim);
    const medians = victims.map((victim) => `${victim} ${(median(recoveryMs.get(victim) ?? []) / 1000).toFixed(2)} s`);
    if (round % PROGRESS_EVERY === 0)
      say(`kill -9 of each: ${round} of ${kills}; medians so far: ${medians.join(', ')}`);
  }
  return { recoveryMs, stuck };
}

/** Some people must be sent to the counter; who waits for a machine to come back is none of them. */
async function someoneServed(stores: Stores, street: Street, kioskId: string) {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const { code, applicant } = await stores.serve(street, kioskId, { wishes: next });
    await stores.settle(street, kioskId, () => false);
    if (code === 'OK') return applicant;
  }
  throw new Error(`nobody can be served at ${kioskId}`);
}
