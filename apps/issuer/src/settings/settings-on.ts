/** What the settings say on one day. */
import assert from 'node:assert/strict';
import { findFeeYen, jstDateOf, valueOn } from '@machikado/domain';
import type { CertificateKind } from '@machikado/protocol';
import type { MunicipalitySettings } from './settings.ts';

export type KindSettings = NonNullable<MunicipalitySettings['kinds'][CertificateKind]>;
export type Mayor = MunicipalitySettings['mayors'][number]['value'];

export function mayorOn({ mayors }: MunicipalitySettings, instant: Date): Mayor {
  const mayor = valueOn(mayors, jstDateOf(instant));
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
