/**
 * The JPKI application (公的個人認証AP) as a file system: which EF there is, and which PIN stands before it.
 * The ids are those that OpenSC's JPKI driver and other open readers use.
 */
import type { CardFile, KeyUse } from './card-file.ts';
import { encodeTokenInfo } from './token-info.ts';

export const JPKI_AID = Buffer.from('d392f000260100000001', 'hex');

/** EF identifiers; the last byte doubles as the short EF identifier. */
export const ef = {
  signCert: 0x0001,
  signCaCert: 0x0002,
  tokenInfo: 0x0006,
  availability: 0x0008,
  authCert: 0x000a,
  authCaCert: 0x000b,
  authKey: 0x0017,
  authPin: 0x0018,
  signKey: 0x001a,
  signPin: 0x001b,
} as const;

export type ElementaryFile =
  | { readonly kind: 'binary'; readonly bytes: Uint8Array; readonly pin?: KeyUse }
  | { readonly kind: 'pin'; readonly use: KeyUse }
  | { readonly kind: 'key'; readonly use: KeyUse };

const PRESENT = 0x8f;

export function jpkiFiles(card: CardFile): ReadonlyMap<number, ElementaryFile> {
  const files = new Map<number, ElementaryFile>();
  const binary = (id: number, bytes: Uint8Array, pin?: KeyUse) =>
    files.set(id, pin ? { kind: 'binary', bytes, pin } : { kind: 'binary', bytes });
  binary(ef.tokenInfo, encodeTokenInfo(card.medium));
  binary(ef.availability, Uint8Array.from([card.sign ? PRESENT : 0, card.auth ? PRESENT : 0, 0]));
  if (card.auth) {
    // Anyone who holds the card can read this one; that is why a cert alone proves nothing.
    binary(ef.authCert, Buffer.from(card.auth.cert, 'base64'));
    binary(ef.authCaCert, Buffer.from(card.auth.caCert, 'base64'));
    files.set(ef.authKey, { kind: 'key', use: 'auth' }).set(ef.authPin, { kind: 'pin', use: 'auth' });
  }
  if (card.sign) {
    // 署名用 shows name and address, so it stands behind its password.
    binary(ef.signCert, Buffer.from(card.sign.cert, 'base64'), 'sign');
    binary(ef.signCaCert, Buffer.from(card.sign.caCert, 'base64'));
    files.set(ef.signKey, { kind: 'key', use: 'sign' }).set(ef.signPin, { kind: 'pin', use: 'sign' });
  }
  return files;
}
