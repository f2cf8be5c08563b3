/** Pages of a file (ISO 32000-1 section 7.7.3), each with what it inherits from the branches above. */
import { intakeLimits } from './intake-limits.ts';
import { IntakeRefusal } from './intake-refusal.ts';
import { type Dict, isArray, isDict, Ref, type Value } from './values.ts';

export interface SourcePage {
  readonly dict: Dict;
  readonly resources: Value | undefined;
  /** Left, bottom, right, top of what is shown of the page. */
  readonly box: readonly [number, number, number, number];
  /** Quarters of a turn, clockwise. */
  readonly turns: number;
}

type Resolve = (value: Value | undefined) => Value;

const INHERITED = ['Resources', 'MediaBox', 'CropBox', 'Rotate'];

export function readPages(trailer: Dict, resolve: Resolve): SourcePage[] {
  const catalog = resolve(trailer.get('Root'));
  if (!isDict(catalog) || resolve(catalog.get('Type')) !== 'Catalog')
    throw new IntakeRefusal('BROKEN', 'a file without a catalog');
  const pages: SourcePage[] = [];
  const seen = new Set<number>();
  const root = resolve(catalog.get('Pages'));
  walk(catalog.get('Pages'), new Map(), []);
  if (pages.length === 0) throw new IntakeRefusal('BROKEN', 'a file without pages');
  if (!isDict(root) || resolve(root.get('Count')) !== pages.length)
    throw new IntakeRefusal('BROKEN', 'another number of pages than the file says');
  return pages;

  function walk(node: Value | undefined, inherited: Dict, above: readonly number[]): void {
    if (above.length > intakeLimits.pageTreeDepthMax)
      throw new IntakeRefusal('TOO_COMPLEX', 'a very deep tree of pages');
    if (!(node instanceof Ref) || seen.has(node.number))
      throw new IntakeRefusal('BROKEN', 'a tree of pages that is none');
    seen.add(node.number);
    const dict = resolve(node);
    if (!isDict(dict)) throw new IntakeRefusal('BROKEN', 'a page that is none');
    refuseOtherParent(dict.get('Parent'), above.at(-1));
    const all = new Map(inherited);
    for (const key of INHERITED) if (dict.has(key)) all.set(key, dict.get(key) as Value);
    switch (resolve(dict.get('Type'))) {
      case 'Page':
        if (pages.length === intakeLimits.pagesMax) throw new IntakeRefusal('TOO_LARGE', 'very many pages');
        pages.push(pageOf(dict, all, resolve));
        return;
      case 'Pages': {
        const kids = resolve(dict.get('Kids'));
        if (!isArray(kids)) throw new IntakeRefusal('BROKEN', 'a tree of pages that is none');
        if (kids.length > intakeLimits.objectsMax) throw new IntakeRefusal('TOO_COMPLEX', 'a very broad tree of pages');
        for (const kid of kids) walk(kid, all, [...above, node.number]);
        return;
      }
      default:
        throw new IntakeRefusal('BROKEN', 'a tree of pages that is none');
    }
  }
}

/** Some programs look for what a page inherits from below: both ways must lead to the same branch. */
function refuseOtherParent(parent: Value | undefined, above: number | undefined): void {
  const found = parent instanceof Ref ? parent.number : undefined;
  if (above !== undefined && found !== above)
    throw new IntakeRefusal('BROKEN', 'a page on another branch than it says');
}

function pageOf(dict: Dict, inherited: Dict, resolve: Resolve): SourcePage {
  const unit = dict.has('UserUnit') ? resolve(dict.get('UserUnit')) : 1;
  if (unit !== 1) throw new IntakeRefusal('UNSUPPORTED', '/UserUnit');
  const media = rectangle(inherited.get('MediaBox'), resolve);
  const crop = inherited.has('CropBox') ? rectangle(inherited.get('CropBox'), resolve) : media;
  const box = [
    Math.max(media[0], crop[0]),
    Math.max(media[1], crop[1]),
    Math.min(media[2], crop[2]),
    Math.min(media[3], crop[3]),
  ] as const;
  refuseStrangeSize(box[2] - box[0], box[3] - box[1]);
  const rotate = inherited.has('Rotate') ? resolve(inherited.get('Rotate')) : 0;
  if (typeof rotate !== 'number' || rotate % 90 !== 0 || Math.abs(rotate) > 3600)
    throw new IntakeRefusal('BROKEN', '/Rotate');
  return { dict, resources: inherited.get('Resources'), box, turns: (((rotate / 90) % 4) + 4) % 4 };
}

/** Any two corners that lie across from each other. */
function rectangle(value: Value | undefined, resolve: Resolve): readonly [number, number, number, number] {
  const found = resolve(value);
  const sides = isArray(found) ? found.map(resolve) : [];
  if (sides.length !== 4 || !sides.every((side) => typeof side === 'number'))
    throw new IntakeRefusal('BROKEN', 'a page of no size');
  const [a, b, c, d] = sides as [number, number, number, number];
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

function refuseStrangeSize(width: number, height: number): void {
  const { sidePtMin, sidePtMax } = intakeLimits;
  if (width > sidePtMax || height > sidePtMax) throw new IntakeRefusal('TOO_LARGE', 'a page larger than A3');
  if (width < sidePtMin || height < sidePtMin) throw new IntakeRefusal('UNSUPPORTED', 'a page too small for print');
}
