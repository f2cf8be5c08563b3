/**
 * Who comes in the storm: residents of both towns, each with a card of their own and a PIN that nobody else has. Most can be
 * served, some must be sent to the counter, and members of one household stand at different kiosks at the same time.
 */
import { VirtualCard } from '@machikado/card';
import { hasReachedAge, parseCalendarDate } from '@machikado/domain';
import type { IssuedCard } from '@machikado/jpki';
import type { RegistryPerson } from '@machikado/protocol';
import type { PersonaKey } from '@machikado/registry';
import type { Chain } from '../open-chain.ts';
import type { Dice } from './dice.ts';

export interface Applicant {
  readonly lgCode: string;
  readonly residentId: string;
  readonly pin: string;
  readonly issued: IssuedCard;
  readonly card: VirtualCard;
}

const TODAY = parseCalendarDate('2026-11-24');
/** The counter is their place; and those who live with them. */
const turnedAway: readonly PersonaKey[] = ['protected', 'in-process', 'missing-glyph', 'too-long-name', 'leaving'];
/** Forms and letters that not everybody has. */
const remarkable: readonly PersonaKey[] = [
  ...(['family-head', 'family-spouse', 'big-household', 'nine', 'foreign-alias', 'former-name'] as const),
  ...(['ivs-name', 'rare-letters', 'long-name', 'long-address', 'unknown-era', 'widowed'] as const),
];
/** RSA keys are slow to make. */
const RSA_CARDS = 4;

export async function orderCards(
  chain: Pick<Chain, 'registry' | 'orderCard' | 'passTheNight'>,
  count: number,
  dice: Dice,
): Promise<Applicant[]> {
  const towns = chain.registry.towns.map((town) => {
    const grown = town.households.flatMap(({ members }) => members.filter(mayApply).map((member) => member.residentId));
    const first = [...remarkable, ...turnedAway].map((persona) => town.personas[persona]);
    return { lgCode: town.lgCode, residentIds: [...new Set([...first, ...dice.shuffled(grown)])] };
  });
  const pins = unusualPins(dice);
  const orders = Array.from({ length: count }, (_, i) => {
    const { lgCode, residentIds } = towns[i % towns.length] ?? { lgCode: '', residentIds: [] };
    return { lgCode, residentId: residentIds[Math.floor(i / towns.length)] ?? '', pin: pins[i] ?? '', i };
  });
  const applicants = await Promise.all(
    orders.map(async ({ lgCode, residentId, pin, i }): Promise<Applicant> => {
      const algorithm = i < RSA_CARDS ? 'rsa-pkcs1-sha256' : 'ecdsa-p384-sha384';
      const issued = await chain.orderCard(lgCode, { residentId }, { pin, algorithm, withoutSignatureCert: true });
      return { lgCode, residentId, pin, issued, card: new VirtualCard(issued.file, () => undefined) };
    }),
  );
  await chain.passTheNight();
  return dice.shuffled(applicants);
}

function mayApply({ birth, status }: RegistryPerson): boolean {
  return status === 'resident' && hasReachedAge(15, birth, TODAY) === 'yes';
}

/** Four digits that are no year, no sum of money and no row of the same digit. */
function unusualPins(dice: Dice): string[] {
  const all = Array.from({ length: 9000 }, (_, i) => String(1000 + i));
  return dice.shuffled(all.filter((pin) => !/^(19|20)|0$|(.)\2\2/.test(pin)));
}
