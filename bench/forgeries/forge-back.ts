/** A front with something changed, and a back that somebody without the center’s signing key made for it. */
import type { SealedFront } from '@machikado/antiforgery';
import { changeDigit } from './classes/change-digit.ts';
import { exchangeName } from './classes/exchange-name.ts';
import { sideOf } from './draw-side.ts';
import { type ForgedFront, forgedFront } from './forge-front.ts';
import type { Forge, Scene } from './forged.ts';

export interface MadeBack extends SealedFront {
  readonly what: string;
}

export function forgeBack(make: (forged: ForgedFront, scene: Scene) => Promise<MadeBack>): Forge {
  return async (scene) => {
    const { certificate, workshop, chance, copyWarning } = scene;
    const forged = await forgedFront(chance.pick([exchangeName, changeDigit]), scene);
    if (!forged) return undefined;
    const { what, ...made } = await make(forged, scene);
    const sheets = certificate.sheets.map((sheet, i) => (i === forged.sheet ? { ...sheet, ...made } : sheet));
    const pdf = await workshop.print(forged.clean, sheets, copyWarning);
    const { genuineBack: _, ...untouched } = forged;
    return {
      ...untouched,
      what: `${what}; ${forged.what}`,
      front: sideOf(pdf, 2 * forged.sheet + 1),
      back: sideOf(pdf, 2 * forged.sheet + 2),
    };
  };
}
