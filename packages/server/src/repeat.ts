/** Does a step again and again, one at a time, until told to stop; stopping waits for the step under way. */
import type { Clocks } from './clocks.ts';

export interface Repeating {
  stop(): Promise<void>;
}

/** The step says after how many milliseconds it wants to come again. It deals with its failures itself: one that rejects ends the program. */
export function repeat(step: () => Promise<number>, { timers }: Pick<Clocks, 'timers'>): Repeating {
  let stopped = false;
  let cancel = () => {};
  let underWay: Promise<void> = Promise.resolve();
  const next = () => {
    underWay = step().then((pauseMs) => {
      if (!stopped) cancel = timers.after(pauseMs, next);
    });
  };
  next();
  return {
    async stop() {
      stopped = true;
      cancel();
      await underWay;
    },
  };
}
