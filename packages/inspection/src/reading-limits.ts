/** How much a reader does for a stranger’s file. A certificate is far below each of these. */
export const readingLimits = {
  bytesMax: 8_000_000,
  pagesMax: 40,
  /** The same document with the backs of its sheets. */
  treatedBytesMax: 16_000_000,
  treatedPagesMax: 80,
  /** A3, long side. */
  sideMmMax: 420,
  sideMmMin: 50,
  glyphsPerPageMax: 20_000,
  objectsPerPageMax: 20_000,
  /** What one stream, and all together, may become when inflated. */
  streamBytesMax: 64_000_000,
  inflatedBytesMax: 128_000_000,
  streamsMax: 20_000,
  /** Flate inside Flate inside …: two are rare, more are an attack. */
  nestedFlateMax: 2,
  timeoutMs: 10_000,
} as const;
