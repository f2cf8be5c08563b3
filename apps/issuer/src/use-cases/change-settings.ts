/**
 * 団体の設定の変更: staff set, lift and list what holds on top of the settings file. Each change is one row with its day, its author and
 * its reason, and one entry of the 交付記録 in the same transaction. No server is told: each reads the rows with every question.
 */
import type { Municipality, Ports } from '../ports.ts';
import type { DatedSetting } from '../settings/municipal-setting.ts';
import { parseFrom, parseSetting, type SettingWords } from '../settings/parse-setting.ts';
import { refuseSetting } from '../settings/setting-refusal.ts';
import { endOf } from '../settings/settings-in-force.ts';
import { appendToRecord } from '../store/delivery-record.ts';
import { type Attribution, addSetting, holdSettings, liftSetting, settingsSet } from '../store/municipal-settings.ts';

type SettingPorts = Pick<Ports, 'store' | 'businessClock' | 'machineClock'>;

/** The number under which it can be lifted. */
export function setMunicipalSetting(
  words: SettingWords & Attribution,
  town: Municipality,
  { store, businessClock, machineClock }: SettingPorts,
): Promise<number> {
  const { staff, reason } = words;
  const setting = parseSetting(words, town.settings, businessClock.now());
  const now = machineClock.now();
  return store.inMunicipality(town.lgCode, async (tx) => {
    const number = await addSetting(tx, setting, { staff, reason }, now);
    const { name, kinds, value, from, until } = setting;
    const body = {
      ...{ staff, reason, number, name, kinds: kinds && [...kinds], value: Array.isArray(value) ? [...value] : value },
      ...{ from: from.toISOString(), until: until?.toISOString() ?? null },
    };
    await appendToRecord(tx, town.keys.residentRefSecret, now, [{ event: 'setting-set', body }]);
    return number;
  });
}

export function liftMunicipalSetting(
  { number, from: when, staff, reason }: Attribution & { readonly number: number; readonly from: string | undefined },
  town: Municipality,
  { store, businessClock, machineClock }: SettingPorts,
): Promise<void> {
  const from = parseFrom(when, businessClock.now());
  const now = machineClock.now();
  return store.inMunicipality(town.lgCode, async (tx) => {
    await holdSettings(tx);
    const setting = (await settingsSet(tx)).find(({ n }) => n === number);
    if (!setting) refuseSetting('SETTING_UNKNOWN', `no setting has the number ${number}`);
    const end = endOf(setting);
    if (end !== null && end <= from) refuseSetting('SETTING_LIFTED', `number ${number} ends before that`);
    await liftSetting(tx, { n: number, from }, { staff, reason }, now);
    const body = { staff, reason, number, from: from.toISOString() };
    await appendToRecord(tx, town.keys.residentRefSecret, now, [{ event: 'setting-lifted', body }]);
  });
}

export function listMunicipalSettings(
  { lgCode }: Municipality,
  { store }: Pick<Ports, 'store'>,
): Promise<DatedSetting[]> {
  return store.inMunicipality(lgCode, settingsSet);
}
