/** The other side of the counter: what town and tests call while the test JPKI runs as a process of its own. */
import type { CertKey, RevocationStatus } from '@machikado/pki';
import type { AnchorList } from './admin-http.ts';
import type { CardOrder } from './card-order.ts';
import type { RevocationReason } from './profile.ts';
import type { IssuedCard } from './test-jpki.ts';

export interface AdminClient {
  anchors(): Promise<AnchorList>;
  issueCard(order: CardOrder): Promise<IssuedCard>;
  renewCard(certs: readonly CertKey[], card: CardOrder): Promise<IssuedCard>;
  revoke(cert: CertKey, reason: RevocationReason): Promise<RevocationStatus>;
}

export function createAdminClient(adminUrl: string): AdminClient {
  async function call<T>(path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${adminUrl}/admin/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
  return {
    anchors: () => call('anchors'),
    issueCard: (order) => call('cards', order),
    renewCard: (certs, card) => call('renewals', { certs, card }),
    revoke: (cert, reason) => call('revocations', { cert, reason }),
  };
}
