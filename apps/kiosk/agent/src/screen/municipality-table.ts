/** 市区町村の一覧, as the glass shows it: the public table, and an invented town only where the center serves it. */
import { type Municipality, municipalities, testMunicipalities } from '@machikado/domain';
import type { StatusReply } from '@machikado/protocol';

export function municipalitiesFor(status: StatusReply | null): readonly Municipality[] {
  const served = new Set(status?.municipalities.map(({ lgCode }) => lgCode));
  const invented = [...testMunicipalities.values()].filter(({ lgCode }) => served.has(lgCode));
  return [...municipalities.values(), ...invented].map(({ lgCode, prefecture, name, nameKana }) => ({
    ...{ lgCode, prefecture, name, nameKana },
  }));
}
