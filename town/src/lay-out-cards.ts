/**
 * Cards of the personas: ordered from the JPKI stand-in once, kept in the town’s folder, and made known to the registry, from
 * where the nightly feed carries them to the issuing server (利用者登録).
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AdminClient, CardOrder } from '@machikado/jpki';
import { generateTown, type PersonaKey, personaKeys, type RegistryChange, type Town } from '@machikado/registry';
import type { InventedTown } from './invented-towns.ts';

export const CARD_PIN = '1234';
const AT_ONCE = 8;

/** Lays out the cards that are not there yet; returns what the registry must be told. */
export async function layOutCards(
  town: InventedTown,
  cardsDir: string,
  jpki: Pick<AdminClient, 'issueCard'>,
): Promise<RegistryChange[]> {
  const folder = join(cardsDir, town.lgCode);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const there = new Set(readdirSync(folder));
  const generated = generateTown(town.lgCode, town.seed);
  const missing = personaKeys.filter((persona) => !there.has(`${persona}.json`));
  const changes: RegistryChange[] = [];
  for (let i = 0; i < missing.length; i += AT_ONCE) {
    const batch = missing.slice(i, i + AT_ONCE).map(async (persona) => {
      const { file, auth } = await jpki.issueCard(cardOrderFor(generated, generated.personas[persona], persona));
      writeFileSync(join(folder, `${persona}.json`), `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
      return registered(generated.personas[persona], auth);
    });
    changes.push(...(await Promise.all(batch)));
  }
  return changes;
}

/** A card as a municipality would order it for one of its residents. */
export function cardOrderFor(town: Town, residentId: string, persona?: PersonaKey): CardOrder {
  const person = town.households.flatMap((household) => household.members).find((m) => m.residentId === residentId);
  const { month, day } = person?.birth ?? { month: null, day: null };
  const twoDigits = (value: number | null) => String(value ?? 1).padStart(2, '0');
  return {
    issuedBy: town.lgCode.slice(0, 5),
    birthday: `${twoDigits(month)}-${twoDigits(day)}`,
    pin: CARD_PIN,
    // A second RSA key takes as long as the first; one persona has it, to show that it is refused at login.
    withoutSignatureCert: persona !== 'single',
  };
}

export function registered(residentId: string, cert: { anchorFingerprint: string; serial: string }): RegistryChange {
  return { type: 'cert-registered', residentId, anchor: cert.anchorFingerprint, serial: cert.serial, medium: 'card' };
}

export function cardFileOf(cardsDir: string, lgCode: string, persona: string): string | undefined {
  const file = join(cardsDir, lgCode, `${persona}.json`);
  return existsSync(file) ? file : undefined;
}
