/**
 * Identifiers on the wire. All of them are random: never a time, a counter or a file name, because two requests in one
 * millisecond are an ordinary thing in a large city.
 */
import { type Static, Type } from 'typebox';

const hex = (bytes: number, description: string) =>
  Type.String({
    pattern: `^[0-9a-f]{${bytes * 2}}$`,
    description: `${description} ${bytes * 8} random bits, lower-case hex.`,
  });

export const SessionId = hex(16, 'One use of one card at one kiosk.');
/** Chosen by the kiosk and journaled before it is sent; it is the idempotency key of everything done to the order. */
export const OrderId = hex(16, 'One order.');
/** 発行番号: one per copy, drawn by the issuing server, never used again. */
export const IssueNumber = hex(8, 'One copy of one certificate (発行番号).');
/** What stands in the margin of each page; the first 8 bytes of the order id. */
export const OrderReference = Type.String({ pattern: '^[0-9a-f]{16}$', description: 'First 64 bits of the order id.' });
/** A person inside one session, opaque to center and kiosk: HMAC of session and resident under the issuer’s own key. */
export const PersonRef = hex(16, 'One person within one session.');
export const Sha256 = Type.String({
  pattern: '^[0-9a-f]{64}$',
  description: 'SHA-256 or HMAC-SHA-256, lower-case hex.',
});
export const LgCode = Type.String({
  pattern: '^[0-9]{6}$',
  description: '全国地方公共団体コード, six digits with check digit.',
});
/** Said as an expression for whoever reads the schema; whoever checks long texts has a quicker way (packages/server). */
export const BASE64_PATTERN = '^[A-Za-z0-9+/]*={0,2}$';
export const Base64 = (bytesMax: number, description: string) =>
  Type.String({
    pattern: BASE64_PATTERN,
    maxLength: Math.ceil(bytesMax / 3) * 4,
    description: `${description} Base64, at most ${bytesMax} bytes.`,
  });
export const Jws = (charsMax: number, description: string) =>
  Type.String({
    pattern: '^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$',
    maxLength: charsMax,
    description: `${description} Compact JWS, EdDSA.`,
  });
export const Yen = Type.Integer({ minimum: 0, maximum: 1_000_000, description: 'Whole yen.' });
/** Numbers that only ever go up: versions and positions in a feed. Beyond 2^53 JSON no longer tells them apart. */
export const Position = (minimum: 0 | 1) => Type.Integer({ minimum, maximum: Number.MAX_SAFE_INTEGER });
export const Instant = Type.String({
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z$',
  description: 'UTC, RFC 3339.',
});

export function orderReferenceOf(orderId: Static<typeof OrderId>): Static<typeof OrderReference> {
  return orderId.slice(0, 16);
}
