/** 証明書の種別選択 ⑥: what this resident may have from the chosen municipality. */
import { type Offers, type Role, refuse } from '@machikado/protocol';
import type { Ports } from '../ports.ts';
import type { Town } from '../resident.ts';
import { untilAnswered } from '../until-answered.ts';
import type { Login } from './log-in.ts';

export async function askOffers(login: Login, town: Town, ports: Ports): Promise<Offers> {
  const lgCode = municipalityOf(login, town);
  const { sessionId, proof } = login;
  const offers = await untilAnswered(ports, () => ports.center.askOffers(sessionId, { lgCode, proof }));
  if (offers.sessionId !== sessionId || offers.lgCode !== lgCode)
    refuse('BINDING_MISMATCH', 'offers for another session');
  return offers;
}

export function lacksDomicile(login: Login, town: Town): boolean {
  return 'role' in town && town.role === 'registered-domicile' && townOf(login, town.role) === undefined;
}

function municipalityOf(login: Login, town: Town): string {
  if ('lgCode' in town) return town.lgCode;
  return townOf(login, town.role) ?? refuse('MUNICIPALITY_NOT_PARTICIPATING', `no municipality of role ${town.role}`);
}

const townOf = ({ municipalities }: Login, wanted: Role) => municipalities.find(({ role }) => role === wanted)?.lgCode;
