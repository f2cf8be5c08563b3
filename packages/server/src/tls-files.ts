/** Key, cert, trusted CA and CRL of one service, as PEM files that may be replaced while it runs. TLS 1.3 and nothing else. */
import { constants, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { Timers } from './clocks.ts';
import { pemBlocks, revokedSerials } from './revoked-serials.ts';

export interface TlsFiles {
  readonly keyFile: string;
  /** Leaf first, then intermediates. */
  readonly certFile: string;
  readonly caFile: string;
  /** One CRL for every CA of the chain. An expired CRL refuses everybody. */
  readonly crlFile?: string | undefined;
}

export interface TlsMaterial {
  readonly options: {
    readonly key: string;
    readonly cert: string;
    readonly ca: string[];
    readonly crl?: string[];
    readonly minVersion: 'TLSv1.3';
    readonly maxVersion: 'TLSv1.3';
    readonly secureOptions: number;
  };
  readonly caCerts: readonly X509Certificate[];
  readonly revoked: ReadonlySet<string>;
}

/** Throws when the files are missing, do not parse or do not belong together. */
export function readTlsFiles(files: TlsFiles): TlsMaterial {
  const ca = pemBlocks(readFileSync(files.caFile, 'utf8'), 'CERTIFICATE');
  const crl = files.crlFile === undefined ? [] : pemBlocks(readFileSync(files.crlFile, 'utf8'), 'X509 CRL');
  if (ca.length === 0) throw new Error(`${files.caFile} holds no certificate`);
  if (files.crlFile !== undefined && crl.length === 0) throw new Error(`${files.crlFile} holds no CRL`);
  const options = {
    key: readFileSync(files.keyFile, 'utf8'),
    cert: readFileSync(files.certFile, 'utf8'),
    ca,
    ...(crl.length > 0 && { crl }),
    // Both ends are ours: there is nothing older to be polite to.
    minVersion: 'TLSv1.3',
    maxVersion: 'TLSv1.3',
    // A connection that resumes brings the leaf alone, without what signed it. So a server resumes nothing: with this its tickets are but ids
    // of sessions, and it keeps none.
    secureOptions: constants.SSL_OP_NO_TICKET,
  } as const;
  createSecureContext(options);
  return {
    options,
    caCerts: ca.map((pem) => new X509Certificate(pem)),
    revoked: new Set(crl.flatMap(revokedSerials)),
  };
}

const POLL_MS = 5_000;

/** Calls back when any of the files was replaced. Returns the end of watching. */
export function watchTlsFiles(files: TlsFiles, timers: Timers, onChange: () => void): () => void {
  let seen = stampOf(files);
  let cancel = timers.after(POLL_MS, look);
  function look(): void {
    const now = stampOf(files);
    const changed = now !== seen;
    seen = now;
    cancel = timers.after(POLL_MS, look);
    if (changed) onChange();
  }
  return () => cancel();
}

function stampOf({ keyFile, certFile, caFile, crlFile }: TlsFiles): string {
  const paths = [keyFile, certFile, caFile, ...(crlFile === undefined ? [] : [crlFile])];
  return paths
    .map((path) => {
      const stat = statSync(path, { throwIfNoEntry: false });
      return `${stat?.ino} ${stat?.size} ${stat?.mtimeMs}`;
    })
    .join('|');
}
