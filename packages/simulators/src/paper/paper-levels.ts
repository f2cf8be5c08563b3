/** Four ways a picture of a paper comes to the verification site, each a range of parameters: a good and a poor scanner, a good and a poor phone. */
import { type Chance, chanceOf } from './chance.ts';
import type { ChannelParameters, DamageParameters } from './channel-parameters.ts';

export const paperLevels = ['flatbed-good', 'flatbed-poor', 'phone-good', 'phone-poor'] as const;
export type PaperLevel = (typeof paperLevels)[number];

const UNHURT: DamageParameters = { stainShare: 0, penStrokes: 0, folded: false, hiddenShare: 0, hiddenCorners: 0 };

const ranges: Readonly<Record<PaperLevel, (chance: Chance) => ChannelParameters>> = {
  'flatbed-good': ({ between, pick }) => ({
    print: {
      spotPx: between(0.8, 1),
      gainPx: between(0, 0.6),
      edgeNoise: 0.1,
      tonerDensity: between(0.9, 0.97),
      speckSigma: 3,
      grain: between(1, 2.5),
      showThrough: between(0, 0.04),
      scale: 1,
    },
    damage: UNHURT,
    camera: {
      kind: 'flatbed',
      dpi: pick([300, 300, 400, 600]),
      cropMm: between(0, 6),
      rotationDegrees: between(-1.5, 1.5),
      quarterTurns: pick([0, 0, 0, 2]),
      blurPx: between(0.4, 0.55),
      shade: 0.04,
      gamma: between(0.9, 1.1),
      contrast: between(0.95, 1.05),
      brightness: between(-5, 5),
      noise: between(1, 2.5),
      sharpening: pick([0, 0.4]),
      jpegQuality: pick([85, 90, 95]),
    },
  }),
  'flatbed-poor': ({ between, pick }) => ({
    print: {
      spotPx: between(1, 1.5),
      gainPx: between(-0.6, 1.4),
      edgeNoise: 0.2,
      tonerDensity: between(0.65, 0.92),
      speckSigma: between(2, 2.6),
      grain: between(3, 7),
      showThrough: between(0.03, 0.1),
      scale: 1,
    },
    damage: { ...UNHURT, stainShare: between(0.02, 0.05), penStrokes: pick([0, 2, 4]), folded: true },
    camera: {
      kind: 'flatbed',
      dpi: pick([150, 200, 200, 240, 300]),
      cropMm: between(0, 12),
      rotationDegrees: between(-5, 5),
      quarterTurns: pick([0, 1, 2, 3]),
      blurPx: between(0.55, 0.9),
      shade: 0.12,
      gamma: between(0.7, 1.5),
      contrast: between(0.6, 1),
      brightness: between(-20, 20),
      noise: between(3, 8),
      sharpening: pick([0, 0.5, 1]),
      jpegQuality: 60,
    },
  }),
  'phone-good': ({ between, pick }) => ({
    print: {
      spotPx: between(0.8, 1),
      gainPx: between(0, 0.7),
      edgeNoise: 0.12,
      tonerDensity: between(0.88, 0.97),
      speckSigma: 2.8,
      grain: between(1, 3),
      showThrough: between(0, 0.05),
      scale: 1,
    },
    damage: UNHURT,
    camera: {
      kind: 'phone',
      megapixels: 12,
      fill: between(0.85, 0.95),
      tiltDegrees: between(0, 8),
      radial: between(-0.015, 0.015),
      curl: between(0, 0.002),
      motionPx: 0,
      rotationDegrees: between(-3, 3),
      quarterTurns: pick([0, 1]),
      blurPx: between(0.7, 0.95),
      shade: 0.2,
      gamma: between(0.85, 1.2),
      contrast: between(0.8, 1),
      brightness: between(-10, 10),
      noise: between(2, 4),
      sharpening: pick([0.3, 0.6]),
      jpegQuality: pick([75, 85, 92]),
    },
  }),
  'phone-poor': ({ between, pick }) => ({
    print: {
      spotPx: between(1, 1.4),
      gainPx: between(-0.4, 1.2),
      edgeNoise: 0.18,
      tonerDensity: between(0.7, 0.92),
      speckSigma: between(2.1, 2.7),
      grain: between(2, 6),
      showThrough: between(0.02, 0.08),
      scale: 1,
    },
    damage: { ...UNHURT, stainShare: between(0.02, 0.05), penStrokes: pick([0, 2, 3]), folded: true },
    camera: {
      kind: 'phone',
      megapixels: pick([8, 12] as const),
      fill: between(0.75, 0.92),
      tiltDegrees: between(5, 15),
      radial: between(-0.03, 0.03),
      curl: between(0, 0.006),
      motionPx: between(0, 1.8),
      rotationDegrees: between(-5, 5),
      quarterTurns: pick([0, 1, 2, 3]),
      blurPx: between(0.9, 1.4),
      shade: 0.5,
      gamma: between(0.75, 1.4),
      contrast: between(0.65, 0.95),
      brightness: between(-20, 15),
      noise: between(3, 7),
      sharpening: pick([0.3, 0.8]),
      jpegQuality: 60,
    },
  }),
};

export function drawParameters(level: PaperLevel, seed: number): ChannelParameters {
  return ranges[level](chanceOf(seed, 'parameters'));
}

const STEADY_PRINT: ChannelParameters['print'] = {
  spotPx: 0.9,
  gainPx: 0.3,
  edgeNoise: 0.1,
  tonerDensity: 0.93,
  speckSigma: 3,
  grain: 2,
  showThrough: 0.02,
  scale: 1,
};
const STEADY_CAMERA = {
  rotationDegrees: 0.5,
  quarterTurns: 0,
  gamma: 1,
  contrast: 1,
  brightness: 0,
  jpegQuality: 75,
} as const;

/** Fair conditions without chance, to move one parameter at a time. */
export const steadyChannel = {
  flatbed: {
    print: STEADY_PRINT,
    damage: UNHURT,
    camera: {
      ...STEADY_CAMERA,
      kind: 'flatbed',
      dpi: 200,
      cropMm: 0,
      blurPx: 0.5,
      shade: 0.04,
      noise: 2,
      sharpening: 0,
    },
  },
  phone: {
    print: STEADY_PRINT,
    damage: UNHURT,
    camera: {
      ...STEADY_CAMERA,
      kind: 'phone',
      megapixels: 12,
      fill: 0.9,
      tiltDegrees: 4,
      radial: 0.005,
      curl: 0.001,
      motionPx: 0,
      blurPx: 0.8,
      shade: 0.2,
      noise: 3,
      sharpening: 0.3,
    },
  },
} as const satisfies Record<string, ChannelParameters>;
