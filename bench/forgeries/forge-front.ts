/** A front typeset anew with something changed, on a sheet whose back is genuine: what somebody prints who keeps the back of a real certificate. */
import type { Raster } from '@machikado/antiforgery';
import type { FormData } from '../../apps/issuer/src/forms/form-data.ts';
import type { Chance } from './chance.ts';
import { differenceOf } from './difference-of.ts';
import { sideOf } from './draw-side.ts';
import type { Forge, Forged, Scene } from './forged.ts';
import type { Certificate } from './workshop.ts';

export interface Change {
  readonly what: string;
  readonly data: FormData;
}

/** Changes that could be made, the most wanted first. */
export type Changing = (certificate: Certificate, chance: Chance) => readonly Change[];

export interface ForgedFront extends Forged {
  /** Counted from 0. */
  readonly sheet: number;
  readonly where: NonNullable<Forged['where']>;
  readonly genuineBack: NonNullable<Forged['genuineBack']>;
  /** The copy that was typeset anew. */
  readonly clean: Uint8Array;
  readonly fronts: readonly Raster[];
}

/** A text may be too long for its cell, or stand where nothing is printed. */
const TRIES = 6;

export const forgeFront =
  (changing: Changing): Forge =>
  (scene) =>
    forgedFront(changing, scene);

export async function forgedFront(changing: Changing, scene: Scene): Promise<ForgedFront | undefined> {
  for (const change of changing(scene.certificate, scene.chance).slice(0, TRIES)) {
    const forged = await print(change, scene);
    if (forged) return forged;
  }
  return undefined;
}

async function print({ what, data }: Change, scene: Scene): Promise<ForgedFront | undefined> {
  const { certificate, workshop, chance, copyWarning } = scene;
  const typeset = await workshop.typeset({ ...certificate.job, data });
  if (typeset?.fronts.length !== certificate.fronts.length) return undefined;
  const changed = certificate.fronts.flatMap((genuine, sheet) => {
    const where = differenceOf(genuine, typeset.fronts[sheet]);
    return where ? [{ sheet, where }] : [];
  });
  if (changed.length === 0) return undefined;
  const { sheet, where } = chance.pick(changed);
  const genuineBack = certificate.sheets[sheet];
  if (!genuineBack) return undefined;
  const pdf = await workshop.print(typeset.clean, certificate.sheets, copyWarning);
  const [front, back] = [sideOf(pdf, 2 * sheet + 1), sideOf(pdf, 2 * sheet + 2)];
  return { what, front, back, genuineBack, where, sheet, ...typeset };
}
