/** From the words of staff to a setting: everything that does not fit is refused before anything is written down. */
import { instantInJst, jstDateOf, parseCalendarDate } from '@machikado/domain';
import { type CertificateKind, certificateKinds } from '@machikado/protocol';
import { isSettingName, type MunicipalSetting, settingRowOf } from './municipal-setting.ts';
import { refuseSetting } from './setting-refusal.ts';
import type { MunicipalitySettings } from './settings.ts';

export interface SettingWords {
  readonly setting: string;
  readonly kind: string | undefined;
  readonly value: string | undefined;
  readonly from: string | undefined;
  readonly until: string | undefined;
}

export function parseSetting(words: SettingWords, file: MunicipalitySettings, now: Date): MunicipalSetting {
  const name = isSettingName(words.setting) ? words.setting : refuseSetting('SETTING_UNKNOWN', words.setting);
  const { wholeDays, parse } = settingRowOf(name);
  const kinds = words.kind === undefined ? null : kindsOf(words.kind, file);
  if (kinds === null && name !== 'closure') refuseSetting('SETTING_KIND', `${name} needs --kind`);
  const values = (kinds ?? [certificateKinds[0]]).map((kind) => parse(words.value, kind, file));
  const from = parseFrom(words.from, now, { wholeDays });
  const until = words.until === undefined ? null : parseWhen(words.until, { wholeDays });
  if (until !== null && (until <= from || until <= now))
    refuseSetting('SETTING_DATE', '--until is over before it begins');
  return { name, kinds, value: values[0] ?? null, from, until };
}

/** Absent: now. Nothing can be set for a time that is past: what was issued then was issued. */
export function parseFrom(text: string | undefined, now: Date, { wholeDays = false } = {}): Date {
  if (text === undefined) return wholeDays ? instantInJst(jstDateOf(now)) : now;
  const from = parseWhen(text, { wholeDays });
  if (from < now && jstDateOf(from) < jstDateOf(now)) refuseSetting('SETTING_DATE', `--from ${text} is past`);
  return from;
}

function kindsOf(text: string, { kinds }: MunicipalitySettings): CertificateKind[] {
  const asked = text.split(',').map((kind) => kind.trim());
  return asked.map(
    (kind) =>
      certificateKinds.find((one) => one === kind && kinds[one] !== undefined) ??
      refuseSetting('SETTING_KIND', `one of ${Object.keys(kinds).join(', ')}`),
  );
}

/** A day begins at midnight in Japan; a minute is one in Japan. */
function parseWhen(text: string, { wholeDays }: { readonly wholeDays: boolean }): Date {
  const [, day = '', hours = '00', minutes = '00'] =
    /^(\d{4}-\d\d-\d\d)(?:T([01]\d|2[0-3]):([0-5]\d))?$/.exec(text) ??
    refuseSetting('SETTING_DATE', 'YYYY-MM-DD or YYYY-MM-DDTHH:MM');
  if (wholeDays && text.length > 10) refuseSetting('SETTING_DATE', 'YYYY-MM-DD: changes with the day');
  try {
    return instantInJst(parseCalendarDate(day), (Number(hours) * 60 + Number(minutes)) * 60_000);
  } catch {
    return refuseSetting('SETTING_DATE', `no such day: ${day}`);
  }
}
