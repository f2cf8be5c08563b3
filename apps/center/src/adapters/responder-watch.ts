/**
 * How the last questions to the JPKI center's responder went. A few failures in a row, and it counts as away, until one usable answer. It
 * only tells: every login that is made is asked about as before, and refused as before. In memory: after a restart, and in each
 * process, its own first logins show how it is.
 */
import type { OcspFlaw } from '@machikado/pki';
import type { Log } from '@machikado/server';
import type { ResponderStanding } from '../ports.ts';

/** One lost answer is no outage. */
const AWAY_AFTER = 3;

export class ResponderWatch implements ResponderStanding {
  readonly #log: Log;
  #failures = 0;

  constructor(log: Log) {
    this.#log = log;
  }

  isAway(): boolean {
    return this.#failures >= AWAY_AFTER;
  }

  answered(): void {
    if (this.isAway()) this.#log.event('responder-back');
    this.#failures = 0;
  }

  failed(flaw: OcspFlaw): void {
    this.#failures += 1;
    if (this.#failures === AWAY_AFTER) this.#log.alarm('responder-away', { reason: flaw, count: this.#failures });
  }
}
