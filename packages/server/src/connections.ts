/**
 * Who is at the other end of each open connection. The identity is the pin of the peer's key (SHA-256 of its
 * SubjectPublicKeyInfo), read once per socket and never taken from a header or a body.
 */
import { createHash, randomUUID, type X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { TlsMaterial } from './tls-files.ts';

export interface Connection {
  readonly id: string;
  readonly pin: string;
  readonly cert: X509Certificate;
}

export class Connections {
  readonly #open = new Map<Socket, Connection>();

  /** undefined: not TLS, or no client cert. */
  of(socket: Socket): Connection | undefined {
    const known = this.#open.get(socket);
    if (known) return known;
    const cert = socket instanceof TLSSocket && socket.authorized ? socket.getPeerX509Certificate() : undefined;
    if (!cert) return undefined;
    const connection = { id: randomUUID(), pin: pinOf(cert), cert };
    this.#open.set(socket, connection);
    socket.once('close', () => this.#open.delete(socket));
    return connection;
  }

  /** Closes every connection whose peer does not hold any more. */
  async closeUnless(holds: (connection: Connection) => Promise<boolean>): Promise<number> {
    let closed = 0;
    for (const [socket, connection] of [...this.#open]) {
      if (await holds(connection)) continue;
      socket.destroy();
      closed += 1;
    }
    return closed;
  }
}

export function pinOf(cert: X509Certificate): string {
  return createHash('sha256')
    .update(cert.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/**
 * What was wrong with the client cert of a handshake that was refused, in OpenSSL’s words: CERT_REVOKED, CERT_HAS_EXPIRED. The error of such
 * a handshake speaks of a connection that was reset, which is what the refusal did, not why.
 */
export function certFaultOf(socket: TLSSocket): string | undefined {
  // Typed as an error, as it is at a client; at a server it is the code alone.
  const fault: unknown = socket.authorizationError;
  return typeof fault === 'string' ? fault : undefined;
}

const CHAIN_MAX = 4;

/** Whether a handshake now would still accept this cert: in time, not revoked, and under a CA that is still trusted. Needs the chain of a full handshake. */
export function isStillTrusted(leaf: X509Certificate, material: TlsMaterial, now: Date): boolean {
  let cert: X509Certificate | undefined = leaf;
  for (let depth = 0; cert !== undefined && depth < CHAIN_MAX; depth += 1) {
    const current: X509Certificate = cert;
    if (new Date(current.validTo) < now || material.revoked.has(current.serialNumber)) return false;
    if (material.caCerts.some((ca) => current.checkIssued(ca) && current.verify(ca.publicKey))) return true;
    cert = current.issuerCertificate;
  }
  return false;
}

export const EXPORTER_LABEL = 'EXPORTER-machikado-login';
const EXPORTER_BYTES = 32;

/** RFC 8446 §7.5: both ends of one connection, and nobody else, compute the same bytes. */
export function exporterOf(socket: Socket): Uint8Array {
  if (!(socket instanceof TLSSocket)) throw new Error('no TLS connection, no exporter');
  return new Uint8Array(socket.exportKeyingMaterial(EXPORTER_BYTES, EXPORTER_LABEL, Buffer.alloc(0)));
}
