/** 問い合わせサイト over mutual TLS, on the side of it that the public cannot reach. */
import { verificationEndpoints } from '@machikado/protocol';
import type { SiteGateway } from '../ports.ts';
import type { PinnedClients } from './pinned-clients.ts';

export function sitesOverMtls(clients: PinnedClients): SiteGateway {
  return {
    async pushCancellations(site, list) {
      const { version } = await clients.of(site).call(verificationEndpoints.takeCancellations, { body: { list } });
      return version;
    },
  };
}
