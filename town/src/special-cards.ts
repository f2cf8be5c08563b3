/**
 * Cards on which something is not as usual: one for each cause that makes a card unusable, a card of another kind, and the phones.
 * Each belongs to a persona who has an ordinary card besides, so that nothing else keeps it from being used.
 */
import type { CardFile } from '@machikado/card';
import type { AdminClient, CardOrder } from '@machikado/jpki';
import { generateTown, type PersonaKey } from '@machikado/registry';
import type { InventedTown } from './invented-towns.ts';
import { cardFileOf, cardOrderFor, type FreshCard, registrationsOf } from './lay-out-cards.ts';

interface SpecialCard {
  readonly holder: PersonaKey;
  readonly order?: Partial<CardOrder>;
  /** 失効: revoked at once, as after a move without 継続利用. */
  readonly revoked?: true;
  readonly spoil?: (file: CardFile) => CardFile;
}

/** No key of theirs is ever used, so they get one that is made in no time. */
const NEVER_READ = { algorithm: 'ecdsa-p384-sha384' } as const;

const special = {
  locked: { holder: 'couple', spoil: (file) => ({ ...file, auth: file.auth && { ...file.auth, triesLeft: 0 } }) },
  'no-pin': { holder: 'couple', order: { pin: null } },
  expired: { holder: 'couple', order: { issuedAt: '2020-11-10T03:00:00Z', notAfter: '2025-11-20T14:59:59Z' } },
  'not-renewed': { holder: 'couple', revoked: true },
  damaged: { holder: 'couple', order: { chip: 'damaged', ...NEVER_READ } },
  'other-kind': { holder: 'couple', order: { chip: 'foreign', ...NEVER_READ } },
  android: { holder: 'three-generations', order: { medium: 'android' } },
  iphone: { holder: 'big-household', order: { medium: 'iphone' } },
} as const satisfies Record<string, SpecialCard>;
export type SpecialKey = keyof typeof special;

/** Orders those that are not there yet. */
export async function orderSpecialCards(
  town: InventedTown,
  cardsDir: string,
  jpki: Pick<AdminClient, 'issueCard' | 'revoke'>,
): Promise<FreshCard[]> {
  const generated = generateTown(town.lgCode, town.seed);
  const missing = (Object.keys(special) as SpecialKey[]).filter((key) => !specialFileOf(cardsDir, town.lgCode, key));
  return Promise.all(
    missing.map(async (key) => {
      const { holder, order = {}, revoked, spoil = (file: CardFile) => file }: SpecialCard = special[key];
      const residentId = generated.personas[holder];
      const { file, auth } = await jpki.issueCard({ ...cardOrderFor(generated, residentId), ...order });
      if (revoked) await jpki.revoke(auth, 'affiliationChanged');
      return {
        name: nameOf(key),
        file: spoil(file),
        registrations: registrationsOf(generated, residentId, auth, file.medium),
      };
    }),
  );
}

export function specialFileOf(cardsDir: string, lgCode: string, key: SpecialKey): string | undefined {
  return cardFileOf(cardsDir, lgCode, nameOf(key));
}

const nameOf = (key: SpecialKey) => `special-${key}`;
