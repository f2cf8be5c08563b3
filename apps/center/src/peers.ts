/** Who is at the other end of a connection: from the pin of its key to a kiosk, or to the municipalities it speaks for. */
import assert from 'node:assert/strict';
import { type PeerRow, PeerTable } from '@machikado/pki';
import type { Peer } from '@machikado/server';
import type { Kiosk, Settings } from './settings.ts';

export interface CenterPeer extends Peer {
  /** Only for issuing servers; one may serve several municipalities. */
  readonly lgCodes?: readonly string[];
}

export function peersOf({ kiosks, municipalities }: Settings): PeerTable<CenterPeer> {
  const kioskRows = [...kiosks.values()].map(
    ({ kioskId, spkiPins }): PeerRow<CenterPeer> => ({ pins: spkiPins, peer: { kind: 'kiosk', id: kioskId } }),
  );
  const speaksFor = new Map<string, string[]>();
  for (const { lgCode, issuers } of municipalities.values())
    for (const pin of new Set(issuers.flatMap(({ spkiPins }) => spkiPins)))
      speaksFor.set(pin, [...(speaksFor.get(pin) ?? []), lgCode]);
  const issuerRows = [...speaksFor].map(
    ([pin, lgCodes]): PeerRow<CenterPeer> => ({
      pins: [pin],
      peer: { kind: 'municipality', id: lgCodes.join('-'), lgCodes },
    }),
  );
  return new PeerTable([...kioskRows, ...issuerRows]);
}

/** The kiosk of a call; the server has let nobody else through. */
export function kioskOf(settings: Settings, peer: Peer): Kiosk {
  const kiosk = settings.kiosks.get(peer.id);
  assert(peer.kind === 'kiosk' && kiosk, 'the peer of this endpoint is a kiosk in the settings');
  return kiosk;
}

export function municipalitiesOf(peer: Peer): readonly string[] {
  assert(peer.kind === 'municipality', 'the peer of this endpoint is an issuing server');
  return (peer as CenterPeer).lgCodes ?? [];
}
