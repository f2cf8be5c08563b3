/**
 * A breaker per line: a municipality, or one kind of certificate there, since the books behind the kinds are systems of their own.
 * Lateness and silence open it, so that residents hear at once that their town is away and threads do not pile up; it closes by itself:
 * after a pause one request at a time may try, and the first answer closes it. In memory only: it protects this process and decides
 * nothing.
 */
import type { CertificateKind } from '@machikado/protocol';

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

export function lineOf(lgCode: string, kind?: CertificateKind): string {
  return kind ? `${lgCode} ${kind}` : lgCode;
}

export class Breaker {
  readonly #options: BreakerOptions;
  readonly #lines = new Map<string, Line>();

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  isOpen(line: string): boolean {
    return (this.#lines.get(line)?.failures ?? 0) >= this.#options.opensAfter;
  }

  /** Open, and its pause is not over: nobody may try. After the pause the line is worth a try, and a screen may say so. */
  isResting(line: string): boolean {
    const known = this.#lines.get(line);
    return known !== undefined && this.isOpen(line) && this.#options.now() < known.triesAgainAt;
  }

  /** While one of them is open, one request per pause is let through to try. */
  mayTry(...lines: readonly string[]): boolean {
    if (lines.some((line) => this.isResting(line))) return false;
    for (const line of lines.filter((one) => this.isOpen(one))) this.#pause(this.#get(line));
    return true;
  }

  answered(...lines: readonly string[]): void {
    for (const line of lines) this.#lines.delete(line);
  }

  failed(line: string): void {
    const known = this.#get(line);
    known.failures += 1;
    this.#pause(known);
    this.#lines.set(line, known);
  }

  #get(line: string): Line {
    return this.#lines.get(line) ?? { failures: 0, triesAgainAt: 0 };
  }

  #pause(line: Line): void {
    line.triesAgainAt = this.#options.now() + this.#options.pauseMs;
  }
}
