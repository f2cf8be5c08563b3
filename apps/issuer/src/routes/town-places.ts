/**
 * 共同利用: several municipalities on one server share its places, its typesetters and its readers. Each has a share of its own, so that
 * neither a slow registry nor a busy day of one town is felt in another: beyond its places a town is told TOO_BUSY, and of
 * its orders only so many are worked on at once, the others wait in line.
 */
import { refuse } from '@machikado/protocol';
import type { Deadline } from '@machikado/server';

export interface TownPlaces {
  /** One place of this municipality for as long as the work lasts. */
  within<T>(lgCode: string, work: () => Promise<T>): Promise<T>;
  /** Moreover one of its turns at making paper; who waits too long for it never begins. */
  inTurn<T>(lgCode: string, deadline: Deadline, work: () => Promise<T>): Promise<T>;
}

interface Town {
  inside: number;
  working: number;
  readonly waiting: Set<() => void>;
}

export function createTownPlaces({ places, turns }: { readonly places: number; readonly turns: number }): TownPlaces {
  const towns = new Map<string, Town>();

  async function within<T>(lgCode: string, work: (town: Town) => Promise<T>): Promise<T> {
    const town = towns.get(lgCode) ?? { inside: 0, working: 0, waiting: new Set() };
    if (town.inside >= places) refuse('TOO_BUSY', `${places} requests of one municipality in flight`);
    towns.set(lgCode, town);
    town.inside += 1;
    try {
      return await work(town);
    } finally {
      town.inside -= 1;
      if (town.inside === 0) towns.delete(lgCode);
    }
  }

  async function turnOf(town: Town, deadline: Deadline): Promise<void> {
    deadline.refuseIfPassed();
    if (town.working < turns) {
      town.working += 1;
      return;
    }
    let call: () => void = () => undefined;
    const called = new Promise<void>((resolve) => {
      call = resolve;
    });
    town.waiting.add(call);
    try {
      // Who is called takes over the turn of who left.
      await deadline.limit(called);
    } catch (error) {
      if (!town.waiting.delete(call)) leave(town);
      throw error;
    }
  }

  function leave(town: Town): void {
    const [next] = town.waiting;
    if (next) {
      town.waiting.delete(next);
      next();
    } else town.working -= 1;
  }

  return {
    within: (lgCode, work) => within(lgCode, work),
    inTurn: (lgCode, deadline, work) =>
      within(lgCode, async (town) => {
        await turnOf(town, deadline);
        try {
          return await work();
        } finally {
          leave(town);
        }
      }),
  };
}
