/**
 * Whether a text is Base64 as the protocol’s schemas say it, for texts as long as a document: a regular expression takes 6 µs for each thousand
 * letters, decoding a tenth of one. A decoder passes over what does not belong, and then gives fewer bytes than the letters are worth.
 */
import { BASE64_PATTERN } from '@machikado/protocol';

const PIECE = 65_536;
const pattern = new RegExp(BASE64_PATTERN, 'u');
const scratch = Buffer.alloc(PIECE);

export function isBase64(text: string): boolean {
  const end = text.length - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
  // One letter beyond a whole group is worth no byte, whatever it is.
  if (end < 64 || end % 4 === 1) return pattern.test(text);
  // The decoder takes letters of base64url too, and of letters beyond ASCII only a part.
  if (text.includes('-') || text.includes('_') || Buffer.byteLength(text) !== text.length) return false;
  for (let at = 0; at < end; at += PIECE) {
    const piece = text.slice(at, Math.min(end, at + PIECE));
    if (scratch.write(piece, 'base64') !== Math.floor((piece.length * 3) / 4)) return false;
  }
  return true;
}
