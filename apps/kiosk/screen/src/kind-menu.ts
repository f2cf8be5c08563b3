/** ⑥ The entries of the list: every kind on offer, or, where they are more than the glass shows at once, kinds of one group behind one entry. */
import type { CertificateKind, Offer } from '@machikado/protocol';
import { type KindGroup, kindTable } from '@machikado/ui';

/** As many as the seed’s own list has. */
const ENTRIES_MAX = 6;

export interface KindEntry {
  /** None: the entry is a kind itself. */
  readonly group?: KindGroup;
  readonly offers: readonly Offer[];
}

export function kindMenu(offers: readonly Offer[]): readonly KindEntry[] {
  if (offers.length <= ENTRIES_MAX) return offers.map((offer) => ({ offers: [offer] }));
  return offers.flatMap((offer): KindEntry[] => {
    const { group } = kindTable[offer.kind];
    const members = offers.filter(({ kind }) => kindTable[kind].group === group);
    if (!group || members.length === 1) return [{ offers: [offer] }];
    return offer === members[0] ? [{ group, offers: members }] : [];
  });
}

export function kindsBehind(group: KindGroup | undefined, offers: readonly Offer[]): readonly CertificateKind[] {
  const entry = kindMenu(offers).find((one) => one.group !== undefined && one.group === group);
  return entry?.offers.map(({ kind }) => kind) ?? [];
}
