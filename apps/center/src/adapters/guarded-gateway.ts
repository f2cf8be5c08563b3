/** The issuer gateway behind the breaker. An early end that the asker's own short deadline caused says nothing about the town. */
import { ProtocolError, refuse } from '@machikado/protocol';
import type { IssuerGateway } from '../ports.ts';
import type { Municipality } from '../settings.ts';
import type { Breaker } from './breaker.ts';

export interface GuardOptions {
  readonly breaker: Breaker;
  readonly now: () => number;
  /** Waiting in vain for this long counts as lateness. */
  readonly lateAfterMs: number;
}

export function guardedGateway(inner: IssuerGateway, options: GuardOptions): IssuerGateway {
  const { breaker, now, lateAfterMs } = options;

  async function guarded<T>({ lgCode }: Municipality, ask: () => Promise<T>): Promise<T> {
    if (!breaker.mayTry(lgCode)) refuse('MUNICIPALITY_UNAVAILABLE', 'the breaker is open');
    const askedAt = now();
    try {
      const answer = await ask();
      breaker.answered(lgCode);
      return answer;
    } catch (error) {
      const code = error instanceof ProtocolError ? error.code : undefined;
      if (code === 'MUNICIPALITY_UNAVAILABLE') breaker.failed(lgCode);
      else if (code !== 'DEADLINE_PASSED') breaker.answered(lgCode);
      else if (now() - askedAt >= lateAfterMs) breaker.failed(lgCode);
      throw error;
    }
  }

  return {
    askOffers: (town, ask, deadline) => guarded(town, () => inner.askOffers(town, ask, deadline)),
    order: (town, order, deadline) => guarded(town, () => inner.order(town, order, deadline)),
    reportOutcome: (town, outcome) => guarded(town, () => inner.reportOutcome(town, outcome)),
    readStatus: (town) => inner.readStatus(town),
  };
}
