/**
 * A document in DeviceGray and DeviceCMYK only: every content stream, image, shading and palette, each where it stands. What nothing
 * needs any more, like a profile, is dropped.
 */
import { type CleanObject, type CleanStream, isCleanStream } from '../clean-object.ts';
import { type Dict, isArray, isDict, type Ref, type Value } from '../values.ts';
import { inkSpace } from './device-space.ts';
import { inkContent } from './ink-content.ts';
import { inkImage } from './ink-image.ts';
import { inkShading } from './ink-shading.ts';

export async function withoutRgb(given: readonly CleanObject[]): Promise<CleanObject[]> {
  const objects = [...given];
  const lights = luminosities(given);
  for (const [i, object] of given.entries()) {
    if (!isCleanStream(object)) objects[i] = inkDictionary(object, objects);
    else if (object.role === 'image') objects[i] = await inkImage(object, objects);
    else if (object.role === 'content') objects[i] = inkStream(object, lights.has(i + 1), objects);
    else if (object.dict.has('ShadingType')) objects[i] = { ...object, dict: inkShading(object.dict, objects) };
  }
  return objects;
}

function inkStream(content: CleanStream, isLight: boolean, objects: CleanObject[]): CleanStream {
  const stored = inkContent(content, objects);
  const dict = new Map(content.dict);
  const resources = content.resources && inkResources(content.resources, objects);
  if (resources && dict.has('Resources')) dict.set('Resources', resources);
  const group = dict.get('Group');
  if (isDict(group)) dict.set('Group', inkGroup(group, isLight, objects));
  return { role: 'content', dict, stored, ...(resources && { resources }) };
}

function inkDictionary(object: Dict, objects: CleanObject[]): Dict {
  if (object.has('ShadingType')) return inkShading(object, objects);
  if (object.get('Subtype') === 'Type3')
    return new Map(object).set('Resources', inkResources(object.get('Resources') as Dict, objects));
  const mask = object.get('SMask');
  const backdrop = isDict(mask) ? mask.get('BC') : undefined;
  if (!isDict(mask) || !isArray(backdrop)) return object;
  return new Map(object).set('SMask', new Map(mask).set('BC', [lightOf(backdrop as readonly number[])]));
}

/** Names that are of ink keep their place; those of red, green and blue are named by nothing any more. */
function inkResources(resources: Dict, objects: CleanObject[]): Dict {
  const spaces = resources.get('ColorSpace');
  if (!isDict(spaces)) return resources;
  const kept = new Map<string, Value>();
  for (const [name, space] of spaces) {
    const found = inkSpace(space, objects);
    if (found !== 'from RGB' && !name.startsWith('Default')) kept.set(name, found.space);
  }
  const out = new Map(resources).set('ColorSpace', kept);
  if (kept.size === 0) out.delete('ColorSpace');
  return out;
}

/** The light of a group that masks is a grey; all other groups are mixed in CMYK. */
function inkGroup(group: Dict, isLight: boolean, objects: CleanObject[]): Dict {
  const space = group.get('CS');
  if (space === undefined) return group;
  const found = inkSpace(space, objects);
  if (isLight) return new Map(group).set('CS', 'DeviceGray');
  return new Map(group).set('CS', found === 'from RGB' ? 'DeviceCMYK' : found.space);
}

function luminosities(objects: readonly CleanObject[]): ReadonlySet<number> {
  const masks = objects.flatMap((object) => {
    const mask = isCleanStream(object) ? undefined : object.get('SMask');
    return isDict(mask) && mask.get('S') === 'Luminosity' ? [(mask.get('G') as Ref).number] : [];
  });
  return new Set(masks);
}

/** Section 11.5.3: how light a colour is, which is what such a mask is made of. */
function lightOf(parts: readonly number[]): number {
  const [a = 0, b = 0, c = 0, k] = parts;
  if (parts.length === 1) return a;
  const [r, g, blue] = k === undefined ? [a, b, c] : [a, b, c].map((ink) => 1 - Math.min(1, ink + k));
  return 0.3 * (r as number) + 0.59 * (g as number) + 0.11 * (blue as number);
}
