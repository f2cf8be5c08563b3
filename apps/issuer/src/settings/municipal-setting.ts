/**
 * 団体の設定の変更: what staff may set by command on top of the settings file, from a day or an instant on. One row a setting: which
 * values it takes, and what it does to the settings of a kind. A closure is no value of a kind but a span of time: while it
 * lasts, its kinds are stopped (取扱停止), and without an end until
 * it is lifted.
 */
import type { CertificateKind, RecordItem } from '@machikado/protocol';
import { refuseSetting } from './setting-refusal.ts';
import type { MunicipalitySettings } from './settings.ts';

export type SettingValue = number | null | readonly RecordItem[];

export interface MunicipalSetting {
  readonly name: SettingName;
  /** Null: all of them. */
  readonly kinds: readonly CertificateKind[] | null;
  readonly value: SettingValue;
  readonly from: Date;
  readonly until: Date | null;
}
/** As it was written down, with what became of it. */
export interface DatedSetting extends MunicipalSetting {
  readonly n: number;
  readonly staff: string;
  readonly reason: string;
  readonly liftedFrom: Date | null;
}

interface SettingRow {
  /** For `--help`. */
  readonly value: string;
  /** Fees change with the day, as they stand in the ordinance. */
  readonly wholeDays: boolean;
  readonly parse: (text: string | undefined, kind: CertificateKind, file: MunicipalitySettings) => SettingValue;
}

export const municipalSettings = {
  closure: {
    value: 'none: the kinds (default all) are stopped, without --until until lifted',
    wholeDays: false,
    parse: (text) => (text === undefined ? null : refuseSetting('SETTING_VALUE', 'a closure has no value')),
  },
  fee: { value: 'yen of one copy, whole days', wholeDays: true, parse: (text) => integerIn(text, 0, 1_000_000) },
  'minimum-age': {
    value: '1–20, or none',
    wholeDays: false,
    parse: (text) => (text === 'none' ? null : integerIn(text, 1, 20)),
  },
  'copies-max': { value: '1–20', wholeDays: false, parse: (text) => integerIn(text, 1, 20) },
  items: {
    value: 'of the items in the settings file those on the menu, or none',
    wholeDays: false,
    parse: itemsOf,
  },
} as const satisfies Record<string, SettingRow>;
export type SettingName = keyof typeof municipalSettings;

export function settingRowOf(name: SettingName): SettingRow {
  return municipalSettings[name];
}

export function isSettingName(text: string): text is SettingName {
  return Object.hasOwn(municipalSettings, text);
}

function integerIn(text: string | undefined, min: number, max: number): number {
  const value = /^\d{1,9}$/.test(text ?? '') ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : refuseSetting('SETTING_VALUE', `a whole number from ${min} to ${max}`);
}

/** What the municipality does not manage at all stands in no file of its, and cannot be switched on. */
function itemsOf(text: string | undefined, kind: CertificateKind, { kinds }: MunicipalitySettings): RecordItem[] {
  if (text === undefined) return refuseSetting('SETTING_VALUE', 'items with commas between, or none');
  const known = kinds[kind]?.items ?? [];
  const asked = text === 'none' ? [] : text.split(',').map((item) => item.trim());
  return asked.map(
    (item) =>
      known.find((one) => one === item) ?? refuseSetting('SETTING_VALUE', `${kind}: one of ${known.join(', ')}`),
  );
}
