/**
 * Cards of the personas: ordered from the JPKI stand-in once, kept in the town’s folder, and made known to the registry, from
 * where the nightly feed carries them to the issuing server (利用者登録).
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CardFile, Medium } from '@machikado/card';
import type { AdminClient, CardOrder } from '@machikado/jpki';
import { generateTown, type PersonaKey, personaKeys, type RegistryChange, type Town } from '@machikado/registry';
import type { InventedTown } from './invented-towns.ts';

export const CARD_PIN = '1234';
const AT_ONCE = 8;

/** A card that was ordered for one persona and does not lie anywhere yet. */
export interface FreshCard {
  /** File name without its ending. */
  readonly name: string;
  readonly file: CardFile;
  readonly registrations: readonly CertRegistration[];
}

/** 利用者登録 of one cert in one town. */
export interface CertRegistration {
  readonly lgCode: string;
  readonly change: RegistryChange;
}

/** Orders the personas’ cards that are not there yet. */
export async function orderCards(
  town: InventedTown,
  cardsDir: string,
  jpki: Pick<AdminClient, 'issueCard'>,
): Promise<FreshCard[]> {
  const generated = generateTown(town.lgCode, town.seed);
  const missing = personaKeys.filter((persona) => !cardFileOf(cardsDir, town.lgCode, persona));
  const fresh: FreshCard[] = [];
  for (let i = 0; i < missing.length; i += AT_ONCE) {
    const batch = missing.slice(i, i + AT_ONCE).map(async (persona) => {
      const residentId = generated.personas[persona];
      const { file, auth } = await jpki.issueCard(cardOrderFor(generated, residentId, persona));
      return { name: persona, file, registrations: registrationsOf(generated, residentId, auth) };
    });
    fresh.push(...(await Promise.all(batch)));
  }
  return fresh;
}

/** Only once the registry knows them: a start that breaks off in between orders them again. */
export function layOut(cards: readonly FreshCard[], lgCode: string, cardsDir: string): void {
  const folder = join(cardsDir, lgCode);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const { name, file } of cards)
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
}

/** A card as a municipality would order it for one of its residents. */
export function cardOrderFor(town: Town, residentId: string, persona?: PersonaKey): CardOrder {
  const { month, day } = birthOf(town, residentId);
  const twoDigits = (value: number | null) => String(value ?? 1).padStart(2, '0');
  return {
    issuedBy: town.lgCode.slice(0, 5),
    birthday: `${twoDigits(month)}-${twoDigits(day)}`,
    pin: CARD_PIN,
    // A second RSA key takes as long as the first; one persona has it, to show that it is refused at login.
    withoutSignatureCert: persona !== 'single',
  };
}

function birthOf({ households, koseki }: Town, residentId: string) {
  const everybody = [...households, ...koseki].flatMap(({ members }): readonly Born[] => members);
  return everybody.find((one) => one.residentId === residentId)?.birth ?? { month: null, day: null };
}
type Born = {
  readonly residentId: string;
  readonly birth: { readonly month: number | null; readonly day: number | null };
};

/** Where somebody lives; and, for who has the 本籍 in the other invented town, there too. */
export function registrationsOf(
  { lgCode, households, counterparts }: Town,
  residentId: string,
  cert: { anchorFingerprint: string; serial: string },
  medium: Medium = 'card',
): CertRegistration[] {
  const livesHere = households.some(({ members }) => members.some((member) => member.residentId === residentId));
  const there = counterparts.find((one) => one.residentId === residentId)?.there;
  const as = (livesThere: boolean, id: string): RegistryChange => ({
    ...registered(id, cert, medium),
    ...(!livesThere && { role: 'registered-domicile' as const }),
  });
  const here = { lgCode, change: as(livesHere, residentId) };
  return there ? [here, { lgCode: there.lgCode, change: as(!livesHere, there.residentId) }] : [here];
}

export function registered(
  residentId: string,
  cert: { anchorFingerprint: string; serial: string },
  medium: Medium = 'card',
) {
  const { anchorFingerprint: anchor, serial } = cert;
  return { type: 'cert-registered', residentId, anchor, serial, medium } as const satisfies RegistryChange;
}

export function cardFileOf(cardsDir: string, lgCode: string, persona: string): string | undefined {
  const file = join(cardsDir, lgCode, `${persona}.json`);
  return existsSync(file) ? file : undefined;
}
