/** Who stands on the relay’s way: a kiosk asks, the relay passes on, the issuing server answers with a document of 100 KB. All of them know each other by cert. */
import { type Endpoint, issuerEndpoints } from '@machikado/protocol';
import type { Peer } from '@machikado/server';
import type { ServicePeer } from '@machikado/testkit';

export interface RelayPlan {
  readonly listenPort: number;
  readonly own: ServicePeer;
  readonly caller: Pick<ServicePeer, 'pin'>;
  /** Absent: it answers itself. */
  readonly next?: { readonly url: string; readonly pin: string };
}

const DOCUMENT_BYTES = 100 * 1024;

/** The reply of the issuing server’s own endpoint, asked for without the order. */
const { body: _order, ...issuerOrder } = issuerEndpoints.issuerOrder;
export const relayed = {
  ...issuerOrder,
  id: 'BENCH-RELAY',
  method: 'GET',
  path: '/v1/relay',
  peer: 'kiosk',
  bodyBytesMax: 0,
} as const satisfies Endpoint;

export const document = {
  orderId: '00'.repeat(16),
  lgCode: '990019',
  copies: [{ copy: 1, bindingRecord: 'a.b.c', pdf: Buffer.alloc(DOCUMENT_BYTES, 0x5a).toString('base64') }],
};

export const peerOf = (): Peer => ({ kind: 'kiosk', id: 'bench' });
