/** How much is read of a stranger’s PDF. A certificate is far below each of these. */
export const intakeLimits = {
  bytesMax: 8_000_000,
  pagesMax: 40,
  /** Sides of a page in points: 50 mm to A3’s long one. */
  sidePtMin: 141,
  sidePtMax: 1192,
  objectsMax: 20_000,
  /** Revisions (incremental updates, the two halves of a linearised file). */
  sectionsMax: 16,
  /** Arrays and dictionaries in one another. */
  nestingMax: 32,
  /** Values in one object, so that a table of widths passes and a bomb of brackets does not. */
  valuesPerObjectMax: 200_000,
  /** Values and letters of strings that are written, every one as often as it is needed. */
  valuesMax: 1_500_000,
  pageTreeDepthMax: 16,
  /** What one stream, and all together, may become when inflated. */
  streamBytesMax: 64_000_000,
  inflatedBytesMax: 128_000_000,
  /** Objects that draw or need one another: forms, patterns, glyphs, soft masks, fonts. */
  objectDepthMax: 24,
  /** Operators of a page, every form counted each time it is drawn. */
  operatorsPerPageMax: 1_000_000,
  /** Operators that are looked at in all. */
  operatorsMax: 3_000_000,
  savedStatesMax: 64,
  inlineImageBytesMax: 1_000_000,
  imageSideMax: 16_384,
  imagePixelsMax: 80_000_000,
  /** Of all images; a JPEG of a megabyte may hold a hundred million. */
  pixelsMax: 160_000_000,
  functionDepthMax: 4,
  /** Cells of a tiling pattern on the largest page. */
  patternCellsMax: 250_000,
} as const;
