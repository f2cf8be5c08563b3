/**
 * 複写機 (photocopier), five ways of copying in black. The glass is read with some spread, a tone curve decides what counts as ink, and dots are
 * set by a threshold or by error diffusion. The figures were fitted to what the design of the けん制文字 was measured with.
 */
export const copierModes = ['text-600', 'text-usm', 'background-removal', 'photo', 'dpi-300'] as const;
export type CopierMode = (typeof copierModes)[number];

export interface CopierTone {
  /** Device pixels that the copier sees as one. */
  readonly coarseness: 1 | 2;
  /** Unsharp mask: how much of the difference from a 2 px blur is added. */
  readonly sharpening: number;
  /** Shares of ink that become none and full; equal ones are a threshold. */
  readonly white: number;
  readonly black: number;
}

export const copierTones: Readonly<Record<CopierMode, CopierTone>> = {
  'text-600': { coarseness: 1, sharpening: 0, white: 0.4, black: 0.4 },
  'text-usm': { coarseness: 1, sharpening: 0.5, white: 0.4, black: 0.4 },
  'background-removal': { coarseness: 1, sharpening: 0, white: 0.15, black: 0.9 },
  photo: { coarseness: 1, sharpening: 0, white: 0, black: 1 },
  'dpi-300': { coarseness: 2, sharpening: 0, white: 0.2, black: 0.8 },
};
