/** The municipality that a question is about; a server answers for those it was set up for and for no other. */
import { refuse } from '@machikado/protocol';
import type { Municipalities, Municipality, Ports } from '../ports.ts';
import { settingsInForce } from '../settings/settings-in-force.ts';
import { settingsSet } from '../store/municipal-settings.ts';
import type { MunicipalSql } from '../store/municipal-sql.ts';

export function getMunicipality(lgCode: string, municipalities: Municipalities): Municipality {
  return municipalities.find(lgCode) ?? refuse('MUNICIPALITY_NOT_PARTICIPATING', 'not on this issuing server');
}

/** With the settings that hold now, those of its staff included: what they set counts from the next question on, on every server. */
export function getMunicipalityNow(
  lgCode: string,
  { municipalities, store, businessClock }: Ports,
): Promise<Municipality> {
  const town = getMunicipality(lgCode, municipalities);
  const now = businessClock.now();
  return store.inMunicipality(lgCode, (tx) => withSettingsNow(tx, town, now));
}

export async function withSettingsNow(tx: MunicipalSql, town: Municipality, now: Date): Promise<Municipality> {
  return { ...town, settings: settingsInForce(town.settings, await settingsSet(tx), now) };
}
