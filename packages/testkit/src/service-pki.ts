/** Test keys for the mutual TLS between the services. */
export interface ServicePeer {
  readonly keyFile: string;
  readonly certFile: string;
  readonly caFile: string;
  readonly crlFile: string;
  /** hex SHA-256 of the SubjectPublicKeyInfo. */
  readonly pin: string;
}
export interface ServicePki {
  readonly caFile: string;
  readonly crlFile: string;
  /** Issues (or issues again, with a fresh key) the cert of a peer; SAN = `<name>.machikado.test`, localhost, 127.0.0.1. */
  issue(name: string): Promise<ServicePeer>;
  /** Writes the CRL anew with these peers’ certs on it. */
  revoke(names: readonly string[]): Promise<void>;
  peer(name: string): ServicePeer;
}
export declare function issueServicePki(dir: string, names?: readonly string[]): Promise<ServicePki>;
