/** Why a back could not be read, or was read and is not believed. The words shown for each are the site’s. */
export const readingRefusals = [
  /** No scrambled image in the picture. */
  'NOT_FOUND',
  /** Found, but too little of it is legible. */
  'TOO_DAMAGED',
  /** Written by a later version of this format. */
  'UNKNOWN_VERSION',
  /** Sealed or signed with a key that is not held here: destroyed, or never ours. */
  'UNKNOWN_KEY',
  /** Not signed by the center. */
  'SIGNATURE_INVALID',
  /** The picture is not the one that was signed. */
  'DIGEST_MISMATCH',
  /** Signed, and yet no picture: a fault of the center’s. */
  'PICTURE_BROKEN',
] as const;

export type ReadingRefusal = (typeof readingRefusals)[number];
