/**
 * 切り貼り (retouching): the genuine front with correcting fluid over a value, with another value written on the fluid, or with a piece of another
 * front pasted on. Fluid and pieces are not exactly where they should be, and けん制文字 ends or goes on wrongly at their edges.
 */
import type { MmBox } from '@machikado/antiforgery';
import { eachPlane, sideOf } from '../draw-side.ts';
import { type Change, type Changing, type ForgedFront, forgedFront } from '../forge-front.ts';
import type { Forge, Scene, Side } from '../forged.ts';
import { type Box, inside, pasted, whitened } from '../patch.ts';
import { valuesOn, withValue } from '../values.ts';
import { changeDigit } from './change-digit.ts';
import { changeStroke } from './change-stroke.ts';
import { exchangeName } from './exchange-name.ts';

type Way = 'white-out' | 'written over' | 'pasted';
/** A value that is no longer there. */
const takeAway: Changing = ({ job }, chance) =>
  chance
    .shuffled(valuesOn(job.data))
    .map(({ text, path }): Change => ({ what: `${path.at(-1)} away`, data: withValue(job.data, path, blankOf(text)) }));

export const retouchFront: Forge = async (scene) => {
  const way = scene.chance.pick<Way>(['white-out', 'written over', 'pasted']);
  const changing = way === 'white-out' ? takeAway : scene.chance.pick([changeDigit, changeStroke, exchangeName]);
  const forged = await forgedFront(changing, scene);
  if (!forged) return undefined;
  const front = await retouched(way, forged, scene);
  return { ...forged, what: `${way}: ${forged.what}`, front };
};

async function retouched(way: Way, forged: ForgedFront, scene: Scene): Promise<Side> {
  const { certificate, workshop, copyWarning, chance } = scene;
  const page = 2 * forged.sheet + 1;
  const genuine = sideOf(await workshop.print(certificate.clean, certificate.sheets, copyWarning), page);
  const box = around(forged.where, chance.between(0.3, 1));
  if (way === 'white-out') return async (inColour) => whitened(await genuine(inColour), box);
  const patch = way === 'pasted' ? forged.front : sideOf(forged.clean, forged.sheet + 1);
  const off = { x: Math.round(chance.between(-4, 4)), y: Math.round(chance.between(-4, 4)) };
  return async (inColour) =>
    eachPlane(await genuine(inColour), await patch(inColour), (on, from) => pasted(on, from, box, off));
}

function around({ xMm, yMm, wMm, hMm }: MmBox, marginMm: number): Box {
  return inside({ xMm: xMm - marginMm, yMm: yMm - marginMm, wMm: wMm + 2 * marginMm, hMm: hMm + 2 * marginMm });
}

/** An ideographic space: an empty cell would say 【空欄】 or move. */
function blankOf(text: string): string {
  return '　'.repeat([...text].length);
}
