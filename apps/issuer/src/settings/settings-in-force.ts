/**
 * The settings that hold at one instant: the file’s, and on top of them what staff have set and not lifted. Of several settings of
 * one kind the one that began last holds; of those that began together, the one written last. When it ends, the one before holds
 * again. Closures add up.
 */
import type { CertificateKind, RecordItem } from '@machikado/protocol';
import type { DatedSetting, SettingName } from './municipal-setting.ts';
import type { MunicipalitySettings } from './settings.ts';
import type { KindSettings } from './settings-on.ts';

export function settingsInForce(
  file: MunicipalitySettings,
  set: readonly DatedSetting[],
  now: Date,
): MunicipalitySettings {
  const inForce = set
    .filter((one) => isInForce(one, now))
    .sort((a, b) => a.from.getTime() - b.from.getTime() || a.n - b.n);
  const valueSet = (name: SettingName, kind: CertificateKind) =>
    inForce.findLast((one) => one.name === name && (one.kinds?.includes(kind) ?? true))?.value;
  const kinds = Object.entries(file.kinds) as [CertificateKind, KindSettings][];
  return {
    ...file,
    hours: { ...file.hours, closures: [...(file.hours.closures ?? []), ...set.flatMap((one) => closureOf(one, now))] },
    kinds: Object.fromEntries(kinds.map(([kind, of]) => [kind, withValues(of, (name) => valueSet(name, kind))])),
    tariff: Object.fromEntries(
      Object.entries(file.tariff).map(([kind, fees]) => {
        const fee = valueSet('fee', kind as CertificateKind) as number | undefined;
        return [kind, fee === undefined ? fees : [{ from: '0000-01-01', value: fee }]];
      }),
    ),
  };
}

export function isInForce(setting: DatedSetting, now: Date): boolean {
  const end = endOf(setting);
  return setting.from <= now && (end === null || now < end);
}

export function endOf({ until, liftedFrom }: DatedSetting): Date | null {
  if (until === null || liftedFrom === null) return until ?? liftedFrom;
  return until < liftedFrom ? until : liftedFrom;
}

function withValues(
  of: KindSettings,
  valueSet: (name: SettingName) => DatedSetting['value'] | undefined,
): KindSettings {
  const { minimumAge: ageInFile, ...rest } = of;
  const ageSet = valueSet('minimum-age') as number | null | undefined;
  const minimumAge = ageSet === undefined ? ageInFile : (ageSet ?? undefined);
  return {
    ...rest,
    ...(minimumAge !== undefined && { minimumAge }),
    copiesMax: (valueSet('copies-max') as number | undefined) ?? of.copiesMax,
    items: chosen(of.items, valueSet('items') as readonly RecordItem[] | undefined),
  };
}

/** Never more than the file has: a municipality that no longer manages an item takes it out there. */
function chosen(inFile: RecordItem[], set: readonly RecordItem[] | undefined): RecordItem[] {
  return set === undefined ? inFile : inFile.filter((item) => set.includes(item));
}

/** Those to come too: from them the status says when a kind opens again. */
function closureOf(setting: DatedSetting, now: Date) {
  const end = endOf(setting);
  if (setting.name !== 'closure' || (end !== null && (end <= setting.from || end <= now))) return [];
  const { kinds, from } = setting;
  return [{ from: from.toISOString(), ...(end && { to: end.toISOString() }), ...(kinds && { kinds: [...kinds] }) }];
}
