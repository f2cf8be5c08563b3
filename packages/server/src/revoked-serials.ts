/**
 * The serial numbers on a CRL. OpenSSL looks at the CRL during a handshake only; connections that are open already are
 * compared with this list when it is loaded again. The signature of the CRL is OpenSSL's matter.
 */
import assert from 'node:assert/strict';

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const TIMES = [0x17, 0x18];

export function pemBlocks(text: string, label: string): string[] {
  return text.match(new RegExp(`-----BEGIN ${label}-----[^-]+-----END ${label}-----\\n?`, 'g')) ?? [];
}

/** Upper-case hex, as X509Certificate writes serial numbers. */
export function revokedSerials(crlPem: string): string[] {
  const der = Buffer.from(crlPem.replace(/-----[^-]+-----/g, ''), 'base64');
  const [certificateList] = elements(der);
  const [tbsCertList] = elements(content(certificateList, SEQUENCE));
  const fields = elements(content(tbsCertList, SEQUENCE));
  // version?, signature, issuer, thisUpdate, nextUpdate?, revokedCertificates?, extensions?
  const lastTime = fields.findLastIndex((field) => TIMES.includes(field.tag));
  const list = fields[lastTime + 1];
  if (list?.tag !== SEQUENCE) return [];
  return elements(list.value).map((entry) => hex(content(elements(content(entry, SEQUENCE))[0], INTEGER)));
}

interface Element {
  readonly tag: number;
  readonly value: Buffer;
}

function elements(der: Buffer): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < der.length; ) {
    const { start, end } = extent(der, at);
    found.push({ tag: der[at] ?? 0, value: der.subarray(start, end) });
    at = end;
  }
  return found;
}

function extent(der: Buffer, at: number): { start: number; end: number } {
  const first = der.readUInt8(at + 1);
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const length = lengthBytes === 0 ? first : der.readUIntBE(at + 2, lengthBytes);
  const start = at + 2 + lengthBytes;
  assert.ok(start + length <= der.length, 'the CRL is cut short');
  return { start, end: start + length };
}

function content(element: Element | undefined, tag: number): Buffer {
  assert.equal(element?.tag, tag, 'not the DER of a CRL');
  return element.value;
}

function hex(integer: Buffer): string {
  return integer
    .toString('hex')
    .replace(/^(00)+(?=..)/, '')
    .toUpperCase();
}
