/** Sizes of the sealed picture. A header is believed in them only within these bounds, whoever signed it. */

/** The finest first; the front is sealed at the first that fits. */
export const resolutionsDpi = [200, 180, 160, 140, 120] as const;
export type ResolutionDpi = (typeof resolutionsDpi)[number];

/** A4 at 200 dpi is 1654 × 2339, upright or lying. */
export const pictureSideMax = 2600;
export const picturePixelsMax = 4_400_000;

export function isPictureSize(width: number, height: number): boolean {
  const sides = [width, height];
  return sides.every((side) => side >= 1 && side <= pictureSideMax) && width * height <= picturePixelsMax;
}

export function isResolution(dpi: number): dpi is ResolutionDpi {
  return resolutionsDpi.some((each) => each === dpi);
}
