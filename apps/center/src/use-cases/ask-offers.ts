/**
 * PR-OFFERS: what may this resident have from this municipality? The question goes on to the issuing server together with the
 * proof; the center reads nothing of the answer but whom it answers, and drops the kinds that are suspended.
 */
import { type Offers, refuse } from '@machikado/protocol';
import type { Center, Deadline } from '../ports.ts';
import { type Claim, getProvenUse } from '../proven-session.ts';
import { kindsServed } from '../serving.ts';
import { suspendAll } from '../suspend-issuing.ts';

export async function askOffers(center: Center, claim: Claim, deadline: Deadline): Promise<Offers> {
  const { town } = await getProvenUse(center, claim);
  const kinds = await kindsServed(center, town);
  const { sessionId, lgCode, proof } = claim;
  const offers = await center.issuers.askOffers(town, { sessionId, lgCode, proof }, deadline);
  if (offers.sessionId !== sessionId || offers.lgCode !== lgCode) {
    await suspendAll(center, { lgCode, sessionId }, town.kinds, 'offers-answer-another-question');
    refuse('MUNICIPALITY_SUSPENDED', 'the offers answer another question');
  }
  return { ...offers, offers: offers.offers.filter(({ kind }) => kinds.includes(kind)) };
}
