/** The lamp of the card place (カードの置き場所): shows where the card goes, and calls when it is forgotten there. */
import { createWatch } from './watch.ts';

export const lampStates = ['off', 'ready', 'attention'] as const;
export type LampState = (typeof lampStates)[number];

export interface Lamp {
  show(state: LampState): Promise<void>;
}

export interface LampFront {
  look(): LampState;
  onChange(listener: () => void): () => void;
}

export function openLamp(): Lamp & LampFront {
  const watch = createWatch();
  let state: LampState = 'off';
  return {
    async show(next) {
      state = next;
      watch.changed();
    },
    look: () => state,
    onChange: watch.listen,
  };
}
