/**
 * What a schema cannot say about settings: that each kind has a fee and nothing that its paper does not have, days exist and opening
 * hours are not upside down.
 */
import { isOpen, parseCalendarDate, parseLgCode, type ServiceHours } from '@machikado/domain';
import type { CertificateKind } from '@machikado/protocol';
import { kindFacts } from '../kinds/kind-facts.ts';
import type { MunicipalitySettings } from './settings.ts';
import type { KindSettings } from './settings-on.ts';

export function checkSettings(settings: MunicipalitySettings): void {
  parseLgCode(settings.lgCode);
  for (const [kind, of] of Object.entries(settings.kinds) as [CertificateKind, KindSettings][]) {
    if (!Object.hasOwn(settings.tariff, kind)) throw new RangeError(`tariff: ${kind} is issued but has no fee`);
    refuseWhatTheKindHasNot(kind, of);
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

function refuseWhatTheKindHasNot(kind: CertificateKind, { scopes, items, fiscalYears }: KindSettings): void {
  const facts = kindFacts[kind];
  const odd = [...scopes.filter((s) => !facts.scopes.includes(s)), ...items.filter((i) => !facts.items.includes(i))];
  if (odd.length > 0) throw new RangeError(`kinds.${kind}: has no ${odd.join(', ')}`);
  if (facts.hasFiscalYear !== (fiscalYears !== undefined)) {
    throw new RangeError(`kinds.${kind}: fiscalYears are for the tax kinds, all of them and no other`);
  }
  // A year without a 29 February has no such day.
  if (fiscalYears) parseCalendarDate(`2026-${fiscalYears.newFrom}`);
}

function refuseTwice(where: string, entries: readonly { readonly from: string }[]): void {
  if (new Set(entries.map((entry) => entry.from)).size !== entries.length) {
    throw new RangeError(`${where}: two entries begin on one day`);
  }
}

function allRules({ hours }: MunicipalitySettings) {
  return [...(hours.rules ?? []), ...Object.values(hours.rulesByKind ?? {}).flatMap((rules) => rules ?? [])];
}
