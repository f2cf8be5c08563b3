/** Time as ports, so that tests turn the clock instead of waiting. The business clock (hours, dates on paper) is another thing. */
export interface MonotonicClock {
  nowMs(): number;
}

export interface Timers {
  /** Calls back once after ms; returns the cancel. Never keeps the process alive. */
  after(ms: number, callback: () => void): () => void;
}

export interface Clocks {
  readonly monotonic: MonotonicClock;
  readonly timers: Timers;
  /** The machine's wall clock: TLS, expiry, log. */
  readonly machine: { now(): Date };
}

export function systemClocks(): Clocks {
  return {
    monotonic: { nowMs: () => performance.now() },
    timers: {
      after(ms, callback) {
        const timer = setTimeout(callback, ms).unref();
        return () => clearTimeout(timer);
      },
    },
    machine: { now: () => new Date() },
  };
}
