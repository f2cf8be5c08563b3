/**
 * The issuer gateway behind the breaker. Only silence and real lateness count: an answer of any kind is an answer, and an early
 * end that the asker's own short deadline caused says nothing about the town. So no kiosk can open a breaker. A late order is laid at
 * its kind alone: the town's other books may be as quick as ever.
 */
import { type CertificateKind, type Endpoint, issuerEndpoints, ProtocolError, refuse } from '@machikado/protocol';
import { type IssuerGateway, IssuerSilent } from '../ports.ts';
import type { Municipality } from '../settings.ts';
import { type Breaker, lineOf } from './breaker.ts';

/** Late is who had nearly all of the time that the protocol gives him. */
const LATE = 0.9;

export function guardedGateway(inner: IssuerGateway, breaker: Breaker, now: () => number): IssuerGateway {
  async function guarded<T>(
    { lgCode }: Municipality,
    { deadlineMs }: Endpoint,
    ask: () => Promise<T>,
    kind?: CertificateKind,
  ): Promise<T> {
    const town = lineOf(lgCode);
    const line = lineOf(lgCode, kind);
    if (!breaker.mayTry(...new Set([town, line]))) refuse('MUNICIPALITY_UNAVAILABLE', 'the breaker is open');
    const askedAt = now();
    try {
      const answer = await ask();
      breaker.answered(town, line);
      return answer;
    } catch (error) {
      const outOfTime = error instanceof ProtocolError && error.code === 'DEADLINE_PASSED';
      const late = outOfTime && now() - askedAt >= deadlineMs * LATE;
      if (error instanceof IssuerSilent) breaker.failed(town);
      else if (late) breaker.failed(line);
      else if (!outOfTime) breaker.answered(town, line);
      throw error;
    }
  }

  const { issuerOffers, issuerOrder, issuerOutcome } = issuerEndpoints;
  return {
    askOffers: (town, ask, deadline) => guarded(town, issuerOffers, () => inner.askOffers(town, ask, deadline)),
    order: (town, order, deadline) =>
      guarded(town, issuerOrder, () => inner.order(town, order, deadline), order.selection.kind),
    reportOutcome: (town, outcome) => guarded(town, issuerOutcome, () => inner.reportOutcome(town, outcome)),
    readStatus: (town) => inner.readStatus(town),
  };
}
