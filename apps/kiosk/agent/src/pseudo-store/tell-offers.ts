/** ⑥ What somebody may have from a municipality, as options of the command line. */
import type { Offer, Offers } from '@machikado/protocol';
import { catalogues } from '@machikado/ui';
import { peopleOf } from '../use-cases/confirm-selection.ts';
import type { Say } from './tell.ts';

const { ja, en } = catalogues;

export function tellOffers(offers: Offers, say: Say): void {
  say(`${offers.lgCode}`);
  for (const offer of offers.offers) {
    const { kind, feeYen, copiesMax } = offer;
    say(`--kind ${kind}`);
    say(`    ${ja.choose.kinds[kind].title} / ${en.choose.kinds[kind].title}, ${feeYen} 円, --copies 1–${copiesMax}`);
    for (const line of optionsOf(offer, offers)) say(`    ${line}`);
  }
}

function optionsOf(offer: Offer, offers: Offers): readonly string[] {
  const { scopes, items, fiscalYears } = offer;
  const people = peopleOf(offer, offers).map(({ name, isSelf }, i) => `${i + 1} ${name}${isSelf ? ' (self)' : ''}`);
  return [
    `--scope ${scopes.join(', ')}`,
    ...(scopes.includes('part') ? [`--persons ${people.join(', ')}`] : []),
    ...(items.length > 0 ? [`--items ${items.join(', ')}`] : []),
    ...(fiscalYears ? [`--year ${fiscalYears.join(', ')}`] : []),
  ];
}
