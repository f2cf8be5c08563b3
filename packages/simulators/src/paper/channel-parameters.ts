/**
 * Everything that happens to a page between the printer and the picture of it. Lengths in px are device pixels of the 600 dpi engine, for the
 * camera (`blurPx`, `motionPx`) pixels of the picture.
 */
export interface PrintParameters {
  /** Spread (σ) of the spot. */
  readonly spotPx: number;
  /** ドットゲイン (dot gain): by how much a dot’s diameter grows. */
  readonly gainPx: number;
  /** Raggedness of edges, as a share of full ink. */
  readonly edgeNoise: number;
  /** 1 = full black. */
  readonly tonerDensity: number;
  /** Specks of missing toner and of toner astray: normal noise above this many σ. Infinity: none. */
  readonly speckSigma: number;
  /** Of the paper, in grey levels. */
  readonly grain: number;
  /** 裏写り (show-through): how much of the other side’s ink is seen. */
  readonly showThrough: number;
  /** 1 = actual size; “fit to page” prints smaller. */
  readonly scale: number;
}

export interface DamageParameters {
  /** Share of the matrix under stains of coffee. */
  readonly stainShare: number;
  readonly penStrokes: number;
  /** The sheet was folded, in two or in three. */
  readonly folded: boolean;
  /** Share of the matrix that a note stuck on it hides. */
  readonly hiddenShare: number;
  /** So many corners of the matrix are blacked out. */
  readonly hiddenCorners: number;
}

interface CameraParameters {
  readonly rotationDegrees: number;
  readonly quarterTurns: number;
  /** Spread (σ) of the lens, in pixels of the picture. */
  readonly blurPx: number;
  /** How far the light falls off over the picture. */
  readonly shade: number;
  readonly gamma: number;
  readonly contrast: number;
  /** In grey levels. */
  readonly brightness: number;
  /** Of the sensor (σ), in grey levels. */
  readonly noise: number;
  readonly sharpening: number;
  readonly jpegQuality: number;
}

export interface FlatbedParameters extends CameraParameters {
  readonly kind: 'flatbed';
  readonly dpi: number;
  /** Up to so much is cut off or added at the edges. */
  readonly cropMm: number;
}

export interface PhoneParameters extends CameraParameters {
  readonly kind: 'phone';
  readonly megapixels: 8 | 12;
  /** Share of the picture’s length that the page takes. */
  readonly fill: number;
  readonly tiltDegrees: number;
  /** Barrel or cushion: k1 of the lens at half the diagonal. */
  readonly radial: number;
  readonly curl: number;
  readonly motionPx: number;
}

export interface ChannelParameters {
  readonly print: PrintParameters;
  readonly damage: DamageParameters;
  readonly camera: FlatbedParameters | PhoneParameters;
}
