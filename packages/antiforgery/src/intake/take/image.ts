/** Images (ISO 32000-1 section 8.9), with the masks that belong to them. */
import type { Stored } from '../decode-stream.ts';
import { readStream } from '../decode-stream.ts';
import { newBudget } from '../flate.ts';
import { type InlineImage, longSpaces } from '../inline-image.ts';
import { intakeLimits } from '../intake-limits.ts';
import { IntakeRefusal } from '../intake-refusal.ts';
import { predictedLength } from '../predictor.ts';
import { type Dict, isArray, Stream, type Value } from '../values.ts';
import { aColourSpace, componentsOf } from './colour-space.ts';
import { readJpegHeader } from './jpeg-header.ts';
import { aBoolean, aName, aNumber, anInteger, listOf, oneOf, type Rules, require, takeEntries } from './rules.ts';
import type { Rule, Taking } from './taking.ts';

const PLAIN: Rules = {
  ...{ Type: oneOf('XObject'), Subtype: oneOf('Image'), Width: anInteger, Height: anInteger },
  ...{ ImageMask: aBoolean, BitsPerComponent: oneOf(1, 2, 4, 8, 16), ColorSpace: aColourSpace },
  ...{ Decode: listOf(aNumber, 2, 64), Interpolate: aBoolean, Intent: aName },
};
const stencil: Rule = (value, taking) =>
  imageAt(value, taking, 'stencil', PLAIN, (image) => {
    if (image.get('ImageMask') !== true) throw new IntakeRefusal('BROKEN', 'a mask that is none');
  });
const softMask: Rule = (value, taking) =>
  imageAt(value, taking, 'soft mask', { ...PLAIN, Matte: listOf(aNumber, 1, 4) }, (image) => {
    if (image.get('ColorSpace') !== 'DeviceGray') throw new IntakeRefusal('BROKEN', 'a soft mask in colours');
  });
const FULL: Rules = {
  ...PLAIN,
  Mask: (value, taking) =>
    isArray(taking.resolve(value)) ? listOf(anInteger, 2, 64)(value, taking) : stencil(value, taking),
  SMask: softMask,
};

export const anImage: Rule = (value, taking) => imageAt(value, taking, 'image', FULL, () => {});

function imageAt(value: Value, taking: Taking, as: string, rules: Rules, check: (image: Dict) => void): Value {
  return taking.stream(value, as, (dict, stored) => {
    const taken = takeEntries(dict, rules, taking);
    require(taken, 'Subtype', 'Width', 'Height');
    check(taken);
    refuseUnlessWhole(taken, stored, taking);
    return { role: 'image', dict: taken };
  });
}

/** As many pixels as it says, of the colours that it says. */
function refuseUnlessWhole(image: Dict, stored: Stored, taking: Taking): void {
  const [width, height] = [image.get('Width') as number, image.get('Height') as number];
  if (width < 1 || height < 1) throw new IntakeRefusal('BROKEN', 'an image of no size');
  const { imageSideMax, imagePixelsMax } = intakeLimits;
  if (width > imageSideMax || height > imageSideMax || width * height > imagePixelsMax)
    throw new IntakeRefusal('TOO_COMPLEX', 'a huge image');
  taking.countPixels(width * height);
  const mask = image.get('ImageMask') === true;
  if (mask && (image.has('ColorSpace') || stored.filter === 'DCTDecode'))
    throw new IntakeRefusal('BROKEN', 'a mask in colours');
  if (!mask) require(image, 'ColorSpace', 'BitsPerComponent');
  const components = mask ? 1 : componentsOf(image.get('ColorSpace') as Value, taking.objects);
  const bits = mask ? 1 : (image.get('BitsPerComponent') as number);
  if (components < 1) throw new IntakeRefusal('BROKEN', 'an image in patterns');
  const decode = image.get('Decode');
  if (decode !== undefined && (decode as readonly Value[]).length !== 2 * components)
    throw new IntakeRefusal('BROKEN', 'an image of other colours');
  if (stored.filter === 'DCTDecode') refuseOtherJpeg(stored.data, width, height, components);
  else refuseTooFew(stored, width, height, components, bits);
}

function refuseTooFew(stored: Stored, width: number, height: number, components: number, bits: number): void {
  const { predictor } = stored;
  const needed = predictor
    ? predictedLength({ ...predictor, colors: components, bits, columns: width }, height)
    : Math.ceil((width * components * bits) / 8) * height;
  if (stored.inflated.length < needed) throw new IntakeRefusal('BROKEN', 'an image with too few pixels');
}

function refuseOtherJpeg(data: Uint8Array, width: number, height: number, components: number): void {
  const header = readJpegHeader(data);
  if (!header || header.width !== width || header.height !== height || header.components !== components)
    throw new IntakeRefusal('BROKEN', 'a JPEG of other pixels than the image');
}

/** Inline images are kept as they stand; what they need is looked at. */
export function checkInlineImage(image: InlineImage, taking: Taking, spaceNamed: (name: string) => Value): void {
  const space = image.dict.get('ColorSpace');
  const stream = new Stream(image.dict, image.data);
  const stored = readStream(stream, taking.resolve, newBudget());
  const dict = new Map(image.dict).set('Subtype', 'Image').set('ColorSpace', inlineSpace(space, taking, spaceNamed));
  if (dict.get('ColorSpace') === null) dict.delete('ColorSpace');
  if (dict.get('ImageMask') === true && !dict.has('BitsPerComponent')) dict.set('BitsPerComponent', 1);
  refuseUnlessWhole(takeEntries(dict, PLAIN, taking), stored, taking);
}

function inlineSpace(space: Value | undefined, taking: Taking, spaceNamed: (name: string) => Value): Value {
  if (space === undefined) return null;
  if (isArray(space)) {
    const [family, base, ...rest] = space;
    if (family !== 'I' && family !== 'Indexed') throw new IntakeRefusal('BROKEN', 'the colours of an inline image');
    return aColourSpace(['Indexed', inlineSpace(base, taking, spaceNamed), ...rest], taking);
  }
  const name = typeof space === 'string' ? (longSpaces[space] ?? space) : '';
  return /^Device(Gray|RGB|CMYK)$/.test(name) ? name : spaceNamed(name);
}
