/** How many go through a door at once. */

export interface Ticket {
  /** Waits until the gate opens. */
  arrive(): Promise<void>;
  /** Nobody waits for this one any more. */
  stayAway(): void;
}

/** Opens for all of them at the same moment, when the last one has come or stays away. */
export function createGate(expected: number): () => Ticket {
  let missing = expected;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    let counted = false;
    const count = () => {
      if (counted) return;
      counted = true;
      missing -= 1;
      if (missing === 0) open();
    };
    return {
      arrive() {
        count();
        return opened;
      },
      stayAway: count,
    };
  };
}

/** At most so many inside; the others wait in the order in which they came. */
export function createTurnstile(atOnce: number): <T>(work: () => Promise<T>) => Promise<T> {
  let inside = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (inside >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    inside += 1;
    try {
      return await work();
    } finally {
      inside -= 1;
      waiting.shift()?.();
    }
  };
}
