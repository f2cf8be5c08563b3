/**
 * Test keys for the mutual TLS between the services: one private root, if asked for an intermediate under it, P-256 leaf certs for any named
 * peers and a CRL, as PEM files that serve as TlsFiles. Issuing again or revoking rewrites the files, so that reloading can be tested too.
 */
import 'reflect-metadata';
import { createHash, webcrypto } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as x509 from '@peculiar/x509';

export interface ServicePeer {
  readonly keyFile: string;
  readonly certFile: string;
  readonly caFile: string;
  readonly crlFile: string;
  /** hex SHA-256 of the SubjectPublicKeyInfo: how peers are listed. */
  readonly pin: string;
}

export interface ServicePki {
  readonly caFile: string;
  readonly crlFile: string;
  /** Issues the cert of a peer, or another one with a fresh key. Its names: `<name>.machikado.test`, localhost, 127.0.0.1. */
  issue(name: string, lasts?: Lasting): Promise<ServicePeer>;
  /** Writes the CRL anew with the present certs of these peers on it. */
  revoke(names: readonly string[]): Promise<void>;
  peer(name: string): ServicePeer;
}

export interface Lasting {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const CLIENT = [x509.ExtendedKeyUsage.clientAuth];
const SERVER_TOO = [x509.ExtendedKeyUsage.serverAuth, ...CLIENT];
const DAY_MS = 86_400_000;
const crypto = webcrypto;
const { digitalSignature, keyCertSign, cRLSign } = x509.KeyUsageFlags;

interface Ca {
  readonly cert: x509.X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
}

/** Peers among `clients` (kiosks) only ever ask: their certs are for nothing else. `intermediate`: what signs them is not what is trusted. */
export async function issueServicePki(
  dir: string,
  names: readonly string[] = [],
  clients: readonly string[] = [],
  { intermediate = false } = {},
): Promise<ServicePki> {
  mkdirSync(dir, { recursive: true });
  const caFile = path.join(dir, 'ca.pem');
  const crlFile = path.join(dir, 'ca.crl');
  const root = await issueCa('Service root');
  const under = intermediate ? [await issueCa('Service intermediate', root)] : [];
  const [{ cert: ca, keys } = root] = under;
  writeWhole(caFile, root.cert.toString('pem'));
  const issued = new Map<string, { peer: ServicePeer; serial: string }>();

  async function issue(name: string, lasts = validity()): Promise<ServicePeer> {
    const own = await newKeys();
    const serial = randomSerial();
    const cert = await x509.X509CertificateGenerator.create(
      {
        ...{ serialNumber: serial, subject: `O=Machikado test, CN=${name}`, issuer: ca.subject, ...lasts },
        ...{ publicKey: own.publicKey, signingKey: keys.privateKey, signingAlgorithm: EC },
        extensions: await leafExtensions(name, clients.includes(name) ? CLIENT : SERVER_TOO, own.publicKey, ca),
      },
      crypto,
    );
    const files = { keyFile: path.join(dir, `${name}.key.pem`), certFile: path.join(dir, `${name}.pem`) };
    writeWhole(files.keyFile, pem('PRIVATE KEY', await crypto.subtle.exportKey('pkcs8', own.privateKey)), 0o600);
    writeWhole(
      files.certFile,
      [cert, ...under.map((above) => above.cert)].map((one) => one.toString('pem')).join('\n'),
    );
    const pin = createHash('sha256').update(new Uint8Array(cert.publicKey.rawData)).digest('hex');
    const peer = { ...files, caFile, crlFile, pin };
    issued.set(name, { peer, serial });
    return peer;
  }

  function known(name: string) {
    const entry = issued.get(name);
    if (!entry) throw new RangeError(`no cert was issued for ${name}`);
    return entry;
  }

  async function revoke(revoked: readonly string[]): Promise<void> {
    const leaves = await crlOf(
      { cert: ca, keys },
      revoked.map((name) => known(name).serial),
    );
    writeWhole(crlFile, intermediate ? `${leaves}\n${await crlOf(root, [])}` : leaves);
  }

  await revoke([]);
  for (const name of [...names, ...clients]) await issue(name);
  return { caFile, crlFile, issue, revoke, peer: (name) => known(name).peer };
}

/** Without `above` it signs itself. */
async function issueCa(name: string, above?: Ca): Promise<Ca> {
  const keys = await newKeys();
  const subject = `O=Machikado test, CN=${name}`;
  const cert = await x509.X509CertificateGenerator.create(
    {
      ...{ serialNumber: randomSerial(), subject, issuer: above?.cert.subject ?? subject, ...validity() },
      ...{ publicKey: keys.publicKey, signingKey: (above?.keys ?? keys).privateKey, signingAlgorithm: EC },
      extensions: [
        new x509.BasicConstraintsExtension(true, above ? 0 : 1, true),
        new x509.KeyUsagesExtension(keyCertSign | cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, crypto),
        ...(above ? [await x509.AuthorityKeyIdentifierExtension.create(above.cert, false, crypto)] : []),
      ],
    },
    crypto,
  );
  return { cert, keys };
}

async function crlOf({ cert, keys }: Ca, serials: readonly string[]): Promise<string> {
  const now = Date.now();
  const crl = await x509.X509CrlGenerator.create(
    {
      issuer: cert.subject,
      thisUpdate: new Date(now - DAY_MS),
      nextUpdate: new Date(now + 30 * DAY_MS),
      signingAlgorithm: EC,
      signingKey: keys.privateKey,
      entries: serials.map((serialNumber) => ({ serialNumber, revocationDate: new Date(now) })),
    },
    crypto,
  );
  // The library's own PEM label is one that OpenSSL does not read.
  return pem('X509 CRL', crl.rawData);
}

async function leafExtensions(
  name: string,
  purposes: readonly x509.ExtendedKeyUsage[],
  publicKey: webcrypto.CryptoKey,
  ca: x509.X509Certificate,
): Promise<x509.Extension[]> {
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([...purposes]),
    new x509.SubjectAlternativeNameExtension([
      { type: 'dns', value: `${name}.machikado.test` },
      { type: 'dns', value: 'localhost' },
      { type: 'ip', value: '127.0.0.1' },
    ]),
    await x509.AuthorityKeyIdentifierExtension.create(ca, false, crypto),
    await x509.SubjectKeyIdentifierExtension.create(publicKey, false, crypto),
  ];
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(EC, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;
}

function validity(): Lasting {
  const now = Date.now();
  return { notBefore: new Date(now - DAY_MS), notAfter: new Date(now + 365 * DAY_MS) };
}

/** 16 random bytes, positive and without a leading zero. */
function randomSerial(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return Buffer.from(bytes).toString('hex');
}

function pem(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** A reader never meets half a file. */
function writeWhole(file: string, text: string, mode = 0o644): void {
  writeFileSync(`${file}.new`, text.endsWith('\n') ? text : `${text}\n`, { mode });
  renameSync(`${file}.new`, file);
}
