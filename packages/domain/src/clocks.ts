/**
 * Two clocks that must never be mixed up. The business clock tells service hours and the dates on paper and can be set in a
 * demonstration; the machine clock tells TLS, OCSP and expiry and cannot. Both are ports; nothing else tells the time.
 */
export interface BusinessClock {
  now(): Date;
}

export interface MachineClock {
  now(): Date;
}

/** The business clock of a demonstration: the machine’s time, moved by a fixed amount. */
export function offsetClock(clock: MachineClock, offsetMs: number): BusinessClock {
  return { now: () => new Date(clock.now().getTime() + offsetMs) };
}
