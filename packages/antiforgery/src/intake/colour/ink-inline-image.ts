/** An image within the content, in ink; nothing, when it is of ink already. */

import type { CleanObject } from '../clean-object.ts';
import { plainBytes, readStream } from '../decode-stream.ts';
import { newBudget } from '../flate.ts';
import { type InlineImage, longSpaces } from '../inline-image.ts';
import { isArray, Stream, type Value } from '../values.ts';
import { writeEntries } from '../write-value.ts';
import { inkSpace } from './device-space.ts';
import { inkSamples } from './ink-image.ts';

export function inkInlineImage(
  { dict, data }: InlineImage,
  spaceNamed: (name: string) => Value,
  objects: CleanObject[],
): Uint8Array | undefined {
  const named = dict.get('ColorSpace');
  if (named === undefined) return undefined;
  const space = fullSpace(named, spaceNamed);
  const found = inkSpace(space, objects);
  const plain = () => plainBytes(readStream(new Stream(dict, data), (value) => value ?? null, newBudget()));
  if (found !== 'from RGB') {
    // A palette that stands in the image itself is rewritten there; any other one where its name leads.
    return isArray(named) ? written(new Map(dict).set('ColorSpace', found.space), plain()) : undefined;
  }
  const [width, height] = [dict.get('Width') as number, dict.get('Height') as number];
  const pixels = inkSamples(plain(), {
    ...{ width, height },
    bits: dict.get('BitsPerComponent') as number,
    decode: dict.get('Decode'),
  });
  const out = new Map(dict).set('ColorSpace', pixels.components === 1 ? 'DeviceGray' : 'DeviceCMYK');
  out.set('BitsPerComponent', 8).delete('Decode');
  return written(out, pixels.bytes);
}

function fullSpace(space: Value, spaceNamed: (name: string) => Value): Value {
  if (isArray(space)) return ['Indexed', fullSpace(space[1] as Value, spaceNamed), ...space.slice(2)];
  return spaceNamed(longSpaces[space as string] ?? (space as string));
}

/** In hexadecimal digits, whose end every reader finds. */
function written(dict: ReadonlyMap<string, Value>, bytes: Uint8Array): Uint8Array {
  const entries = new Map(dict).set('Filter', 'ASCIIHexDecode');
  entries.delete('DecodeParms');
  const head = writeEntries(entries, (number) => number);
  return Buffer.from(`BI ${head} ID ${Buffer.from(bytes).toString('hex')}> EI`, 'latin1');
}
