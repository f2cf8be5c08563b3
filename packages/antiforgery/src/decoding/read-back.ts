/**
 * 裏面の読み取り: from a photo or scan of a back to soft bits. Bullseyes → guesses → the mesh of alignment marks → half cells → equaliser.
 * The same photo is always read alike, and every picture ends in soft bits or a refusal.
 */
import { strict as assert } from 'node:assert';
import { nodes } from '../format/geometry.ts';
import { type SoftBits, softBitsOf } from '../format/soft-bits.ts';
import type { Raster } from '../raster.ts';
import { equalise } from './equalise.ts';
import { evenOut } from './even-out.ts';
import { findSheet } from './find-sheet.ts';
import type { Taps } from './guess-from-taps.ts';
import { pilotsAlone } from './known-cells.ts';
import { SIDE_MIN } from './locate-finders.ts';
import { meshFrom } from './mesh-from.ts';
import { sampleCells, samplesWide } from './sample-cells.ts';
import { pyramidOf } from './shrink.ts';
import { type SoftCells, softCellsOf } from './soft-cells.ts';

export interface SoftSheet {
  readonly soft: SoftBits;
  /** Half cells, evened out, for a second reading with more known cells. */
  readonly samples: Float32Array;
  /** Bullseyes that were found, 0 to 4. */
  readonly found: number;
  /** Share of alignment marks that were seen. */
  readonly marksSeen: number;
  /** Share of pilots that came out wrong. */
  readonly pilotErrors: number;
  /** Share of cells that lie under something. */
  readonly covered: number;
  /** In the photo as it was given. */
  readonly pixelsPerCell: number;
}

export interface ReadRefusal {
  /** NOT_FOUND: no scrambled image is seen. TOO_DAMAGED: there is one, but not enough of it. */
  readonly refused: 'NOT_FOUND' | 'TOO_DAMAGED';
  /** Bullseyes in sight that might be its corners, 0 to 4. */
  readonly found: number;
}

export interface ReadHints {
  /** Outer corners of the scrambled image as somebody tapped them, in any order; each may be off by some millimeters. */
  readonly corners?: Taps;
}

export const PIXELS_MAX = 100_000_000;
/** With fewer pixels in a cell the eye of the reader must be finer. */
const SMOOTH_BELOW = 2.45;
/** Chance alone brings the mean of 23,819 pilots to 0.02 at most. */
const AGREEMENT_MIN = 0.06;

export function readBack(photo: Raster, hints: ReadHints = {}): SoftSheet | ReadRefusal {
  const { width, height, data } = photo;
  assert.equal(data.length, width * height);
  if (Math.min(width, height) < SIDE_MIN || width * height > PIXELS_MAX) return refuse(0);
  const sheet = findSheet(pyramidOf(photo), hints.corners);
  if (!('picture' in sheet)) return refuse(sheet.found);
  const { picture, pitch, start, found, pixelsPerCell } = sheet;
  const mesh = meshFrom(picture, start, pitch);
  const samples = evenOut(sampleCells(picture, mesh, pitch < SMOOTH_BELOW), samplesWide);
  const cells = readSamples(samples, pilotsAlone());
  if (cells.agreement < AGREEMENT_MIN) return refuse(found);
  return {
    soft: softBitsOf(cells.soft),
    samples,
    found,
    marksSeen: mesh.likeness.filter((likeness) => likeness > 0).length / nodes.length,
    pilotErrors: cells.errors,
    covered: cells.covered,
    pixelsPerCell,
  };
}

/** Corners like a sheet’s, and no pilot fits: out of focus, or too little light. */
const refuse = (found: number): ReadRefusal => ({ refused: found >= 3 ? 'TOO_DAMAGED' : 'NOT_FOUND', found });

export function readSamples(samples: Float32Array, known: Int8Array): SoftCells {
  return softCellsOf(equalise(samples, known), known);
}
