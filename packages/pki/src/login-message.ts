/**
 * What the card signs at login. The kiosk builds it itself from the center’s challenge and the exporter of its own TLS
 * connection and never signs bytes or a hash made by somebody else. The label keeps these signatures apart from all others.
 * After the label: center, session, operator, kiosk, nonce, exporter, expiry, each after its length in two octets.
 */
import { equalBytes, framed, fromHex, toHex, utf8 } from './bytes.ts';
import { malformed } from './malformed-input.ts';

export interface LoginMessage {
  readonly centerId: string;
  /** 16 octets, hex. */
  readonly sessionId: string;
  readonly operatorId: string;
  readonly kioskId: string;
  /** The challenge: 32 octets, hex. */
  readonly nonce: string;
  /** TLS exporter of the connection on which the challenge came: 32 octets. */
  readonly exporter: Uint8Array;
  /** When the challenge ends: UTC, RFC 3339. */
  readonly expiresAt: string;
}

const LABEL = 'machikado/login/v1';
const FIELDS = 7;

export function encodeLoginMessage(message: LoginMessage): Uint8Array {
  const { centerId, sessionId, operatorId, kioskId, nonce, exporter, expiresAt } = checked(message);
  const hex = [fromHex(nonce), exporter];
  return framed(LABEL, ...[centerId, sessionId, operatorId, kioskId].map(utf8), ...hex, utf8(expiresAt));
}

/** Throws MalformedInput unless the bytes are exactly what `encodeLoginMessage` makes. */
export function decodeLoginMessage(bytes: Uint8Array): LoginMessage {
  const [centerId, sessionId, operatorId, kioskId, nonce, exporter, expiresAt] = unframe(bytes);
  return checked({
    centerId: text(centerId),
    sessionId: text(sessionId),
    operatorId: text(operatorId),
    kioskId: text(kioskId),
    nonce: toHex(nonce),
    exporter: new Uint8Array(exporter),
    expiresAt: text(expiresAt),
  });
}

type Fields = [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];

function unframe(bytes: Uint8Array): Fields {
  const label = utf8(`${LABEL}\0`);
  if (!equalBytes(bytes.subarray(0, label.length), label)) malformed('login message: label');
  const fields: Uint8Array[] = [];
  let at = label.length;
  while (at < bytes.length && fields.length < FIELDS) {
    const from = at + 2;
    at = from + ((bytes[at] ?? 0) << 8) + (bytes[at + 1] ?? 0);
    fields.push(bytes.subarray(from, at));
  }
  if (fields.length !== FIELDS || at !== bytes.length) malformed('login message: number of fields');
  return fields as Fields;
}

function checked(message: LoginMessage): LoginMessage {
  for (const id of [message.centerId, message.operatorId, message.kioskId]) {
    if (!/^[\x21-\x7e]{1,40}$/.test(id)) malformed('login message: id');
  }
  if (!/^[0-9a-f]{32}$/.test(message.sessionId)) malformed('login message: session');
  if (!/^[0-9a-f]{64}$/.test(message.nonce)) malformed('login message: nonce');
  if (message.exporter.length !== 32) malformed('login message: exporter');
  if (!isInstant(message.expiresAt)) malformed('login message: expiry');
  return message;
}

function isInstant(value: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/.test(value)) return false;
  const at = new Date(value);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value.slice(0, 19));
}

const text = (field: Uint8Array): string => Buffer.from(field).toString('latin1');
