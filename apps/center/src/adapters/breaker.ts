/**
 * A breaker per municipality. Lateness and silence open it, so that residents hear at once that their town is away and threads
 * do not pile up; it closes by itself: after a pause one request at a time may try, and the first answer closes it. In memory
 * only: it protects this process and decides nothing.
 */
export interface BreakerOptions {
  readonly now: () => number;
  /** Failures in a row. */
  readonly opensAfter: number;
  readonly pauseMs: number;
}

interface Line {
  failures: number;
  triesAgainAt: number;
}

export class Breaker {
  readonly #options: BreakerOptions;
  readonly #lines = new Map<string, Line>();

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  isOpen(lgCode: string): boolean {
    return (this.#lines.get(lgCode)?.failures ?? 0) >= this.#options.opensAfter;
  }

  /** Open, and its pause is not over: nobody may try. After the pause the town is worth a try, and a screen may say so. */
  isResting(lgCode: string): boolean {
    const line = this.#lines.get(lgCode);
    return line !== undefined && this.isOpen(lgCode) && this.#options.now() < line.triesAgainAt;
  }

  /** While open, one request per pause is let through to try. */
  mayTry(lgCode: string): boolean {
    const line = this.#lines.get(lgCode);
    if (!line || !this.isOpen(lgCode)) return true;
    if (this.isResting(lgCode)) return false;
    this.#pause(line);
    return true;
  }

  answered(lgCode: string): void {
    this.#lines.delete(lgCode);
  }

  failed(lgCode: string): void {
    const line = this.#lines.get(lgCode) ?? { failures: 0, triesAgainAt: 0 };
    line.failures += 1;
    this.#pause(line);
    this.#lines.set(lgCode, line);
  }

  #pause(line: Line): void {
    line.triesAgainAt = this.#options.now() + this.#options.pauseMs;
  }
}
