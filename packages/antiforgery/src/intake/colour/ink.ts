/**
 * Red, green and blue to ink (ISO 32000-1 section 10.3.3): c = 1 − r, m = 1 − g, y = 1 − b, of which the part that is common to all
 * three is taken out and printed in black (k = min(c, m, y), removed from each). Equal parts are grey, which is black ink
 * alone: text stays sharp and dark under infrared. Section 10.3.5 turns the result back into exactly the same red, green and blue.
 */
export type Cmyk = readonly [c: number, m: number, y: number, k: number];

/** Each from 0 to 1. */
export function toCmyk(r: number, g: number, b: number): Cmyk {
  const k = 1 - Math.max(r, g, b);
  return [1 - r - k, 1 - g - k, 1 - b - k, k];
}

export const isGrey = (r: number, g: number, b: number): boolean => r === g && g === b;

/** The operands and the operator that set the colour: `0.5 g`, `0 0.7 0.7 0.3 k`. */
export function inkOperator(r: number, g: number, b: number, stroke: boolean): string {
  const [red, green, blue] = [clamped(r), clamped(g), clamped(b)];
  if (isGrey(red, green, blue)) return `${digits(red)} ${stroke ? 'G' : 'g'}`;
  return `${toCmyk(red, green, blue).map(digits).join(' ')} ${stroke ? 'K' : 'k'}`;
}

export const clamped = (part: number): number => Math.min(1, Math.max(0, part));

/** Finer than any device: to a ten-thousandth. */
export const digits = (part: number): string => String(Math.round(part * 10_000) / 10_000);

/** Pixels of three bytes to pixels of one byte when all are grey, of four otherwise. */
export function inkPixels(rgb: Uint8Array): { readonly components: 1 | 4; readonly bytes: Uint8Array } {
  const pixels = rgb.length / 3;
  let grey = true;
  for (let i = 0; grey && i < rgb.length; i += 3) grey = rgb[i] === rgb[i + 1] && rgb[i] === rgb[i + 2];
  if (grey) return { components: 1, bytes: Uint8Array.from({ length: pixels }, (_, i) => rgb[3 * i] as number) };
  const bytes = new Uint8Array(4 * pixels);
  for (let i = 0, at = 0; i < rgb.length; i += 3, at += 4) {
    const [r, g, b] = [rgb[i] as number, rgb[i + 1] as number, rgb[i + 2] as number];
    const light = Math.max(r, g, b);
    bytes[at] = light - r;
    bytes[at + 1] = light - g;
    bytes[at + 2] = light - b;
    bytes[at + 3] = 255 - light;
  }
  return { components: 4, bytes };
}
