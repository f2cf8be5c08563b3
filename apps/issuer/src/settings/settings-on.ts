/** What the settings say on one day. */
import assert from 'node:assert/strict';
import { type CalendarDate, type EffectiveDated, findFeeYen, jstDateOf, valueOn } from '@machikado/domain';
import type { CertificateKind } from '@machikado/protocol';
import type { MunicipalitySettings } from './settings.ts';

export type KindSettings = NonNullable<MunicipalitySettings['kinds'][CertificateKind]>;
/** 市区町村長, or who acts for them, as it stands on the paper. */
export interface Mayor {
  readonly title: string;
  readonly name: string;
  readonly sealSvg: string;
}

export function mayorOn(mayors: readonly EffectiveDated<Mayor>[], date: CalendarDate): Mayor {
  const mayor = valueOn(mayors, date);
  assert(mayor, 'the settings name no mayor for this day');
  return mayor;
}

/** Fee of one copy, or nothing when the kind is not sold on that day. */
export function feeYenOn({ tariff }: MunicipalitySettings, kind: CertificateKind, instant: Date): number | undefined {
  return findFeeYen(tariff as Parameters<typeof findFeeYen>[0], kind, jstDateOf(instant));
}

/** Kinds that are issued at all, with a fee on that day. */
export function kindsOn(settings: MunicipalitySettings, instant: Date): [CertificateKind, KindSettings][] {
  return (Object.entries(settings.kinds) as [CertificateKind, KindSettings | undefined][]).flatMap(([kind, of]) =>
    of && feeYenOn(settings, kind, instant) !== undefined ? [[kind, of]] : [],
  );
}
