/**
 * A page becomes a form: its content in one piece, its place and turn in the form’s matrix, so that the form at identity is the upright
 * sheet. A page that is nothing but such a form, as in a clean document, gives that form itself.
 */
import { plainBytes, type Stored } from '../decode-stream.ts';
import { IntakeRefusal } from '../intake-refusal.ts';
import type { SourcePage } from '../page-tree.ts';
import { isArray, isDict, type Ref, Stream, type Value } from '../values.ts';
import { compact } from './content.ts';
import type { Taking } from './taking.ts';
import { aForm } from './x-object.ts';

/** What a page of a clean document says, and nothing else. */
export const CLEAN_CONTENT = '/P Do';
export const CLEAN_NAME = 'P';

export interface TakenPage {
  readonly form: Ref;
  readonly widthPt: number;
  readonly heightPt: number;
}

export function takePage(page: SourcePage, taking: Taking): TakenPage {
  const [left, bottom, right, top] = page.box;
  const [width, height] = [right - left, top - bottom];
  const size = page.turns % 2 === 0 ? { widthPt: width, heightPt: height } : { widthPt: height, heightPt: width };
  const stored = contentOf(page.dict.get('Contents'), taking);
  return { ...size, form: cleanForm(page, stored, taking) ?? newForm(page, stored, taking) };
}

function newForm({ box, turns, resources }: SourcePage, stored: Stored, taking: Taking): Ref {
  return taking.shared(null, 'page', () => {
    const content = taking.content(stored, resources);
    const matrix = matrixFor(box, turns);
    const dict = new Map<string, Value>([
      ['Type', 'XObject'],
      ['Subtype', 'Form'],
      ['BBox', box],
    ]);
    if (matrix.some((number, i) => number !== IDENTITY[i])) dict.set('Matrix', matrix);
    dict.set('Resources', content.resources);
    const { data, filter } = content.stored;
    return { role: 'content', dict, resources: content.resources, stored: { data, ...(filter && { filter }) } };
  });
}

const IDENTITY = [1, 0, 0, 1, 0, 0];

/** Puts the corner of the box that lies at the bottom left after the turn into the origin. */
function matrixFor([left, bottom, right, top]: SourcePage['box'], turns: number): number[] {
  switch (turns) {
    case 0:
      return [1, 0, 0, 1, 0 - left, 0 - bottom];
    case 1:
      return [0, -1, 1, 0, 0 - bottom, right];
    case 2:
      return [-1, 0, 0, -1, right, top];
    default:
      return [0, 1, -1, 0, top, 0 - left];
  }
}

/** Several streams are one content, cut anywhere between two words (ISO 32000-1 section 7.8.2). */
function contentOf(value: Value | undefined, taking: Taking): Stored {
  const found = taking.resolve(value);
  if (found instanceof Stream) return taking.read(found);
  if (found === null) return compact(new Uint8Array());
  if (!isArray(found) || found.length > 1000) throw new IntakeRefusal('BROKEN', 'a page with strange contents');
  const streams = found.map((part) => {
    const stream = taking.resolve(part);
    if (!(stream instanceof Stream)) throw new IntakeRefusal('BROKEN', 'a page with strange contents');
    return taking.read(stream);
  });
  if (streams.length === 1) return streams[0] as Stored;
  return compact(Buffer.concat(streams.flatMap((stream) => [plainBytes(stream), Buffer.from('\n')])));
}

function cleanForm({ box, turns, resources }: SourcePage, stored: Stored, taking: Taking): Ref | undefined {
  if (stored.inflated.length !== CLEAN_CONTENT.length || turns !== 0 || box[0] !== 0 || box[1] !== 0) return undefined;
  if (Buffer.from(stored.inflated).toString('latin1') !== CLEAN_CONTENT) return undefined;
  const given = taking.resolve(resources);
  const forms = isDict(given) ? taking.resolve(given.get('XObject')) : undefined;
  const named = isDict(forms) ? (forms.get(CLEAN_NAME) ?? null) : null;
  const form = taking.resolve(named);
  if (!(form instanceof Stream) || taking.resolve(form.dict.get('Subtype')) !== 'Form' || form.dict.has('Group'))
    return undefined;
  return fills(form, box, taking) ? (aForm(named, taking) as Ref) : undefined;
}

function fills(form: Stream, [, , width, height]: SourcePage['box'], taking: Taking): boolean {
  const corners = numbersAt(form.dict.get('BBox'), taking);
  const [a, b, c, d, e, f] = form.dict.has('Matrix') ? numbersAt(form.dict.get('Matrix'), taking) : IDENTITY;
  const place = (x: number, y: number) => [
    (a as number) * x + (c as number) * y + (e as number),
    (b as number) * x + (d as number) * y + (f as number),
  ];
  const [x0, y0, x1, y1] = corners as [number, number, number, number];
  const [p, q] = [place(x0, y0), place(x1, y1)] as [number[], number[]];
  const found = [0, 1].flatMap((i) => [
    Math.min(p[i] as number, q[i] as number),
    Math.max(p[i] as number, q[i] as number),
  ]);
  return [0, width, 0, height].every((side, i) => Math.abs(side - (found[i] as number)) < 1e-6);
}

function numbersAt(value: Value | undefined, taking: Taking): number[] {
  const found = taking.resolve(value);
  return isArray(found) ? (found.map(taking.resolve) as number[]) : [];
}
