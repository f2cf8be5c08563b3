/** What a schema cannot say about settings: that each kind has a fee, days exist and opening hours are not upside down. */
import { isOpen, parseCalendarDate, parseLgCode, type ServiceHours } from '@machikado/domain';
import type { MunicipalitySettings } from './settings.ts';

export function checkSettings(settings: MunicipalitySettings): void {
  parseLgCode(settings.lgCode);
  for (const kind of Object.keys(settings.kinds)) {
    if (!Object.hasOwn(settings.tariff, kind)) throw new RangeError(`tariff: ${kind} is issued but has no fee`);
  }
  const dated = [...settings.mayors, ...Object.values(settings.tariff).flatMap((entries) => entries ?? [])];
  for (const { from } of dated) parseCalendarDate(from);
  refuseTwice('mayors', settings.mayors);
  for (const [kind, entries] of Object.entries(settings.tariff)) refuseTwice(`tariff.${kind}`, entries ?? []);
  for (const rule of allRules(settings)) {
    if (rule.from >= rule.to) throw new RangeError('hours: a rule ends before it begins');
  }
  // Throws on anything in the hours that cannot be understood.
  isOpen(settings.hours as ServiceHours, new Date(0));
}

function refuseTwice(where: string, entries: readonly { readonly from: string }[]): void {
  if (new Set(entries.map((entry) => entry.from)).size !== entries.length) {
    throw new RangeError(`${where}: two entries begin on one day`);
  }
}

function allRules({ hours }: MunicipalitySettings) {
  return [...(hours.rules ?? []), ...Object.values(hours.rulesByKind ?? {}).flatMap((rules) => rules ?? [])];
}
