/**
 * Fonts (ISO 32000-1 sections 9.6 to 9.8). The programs of the letters must be in the file: a font that is only named would be drawn
 * with whatever the printer has, and a name would be printed in other letters than were looked at. The fourteen that every
 * program brings (Helvetica and the like) are let pass.
 */
import { IntakeRefusal } from '../intake-refusal.ts';
import { type Dict, isArray, Stream, type Value } from '../values.ts';
import {
  aMatrix,
  aName,
  aNumber,
  anInteger,
  aRectangle,
  aString,
  dictAt,
  dictionaryOf,
  listOf,
  oneOf,
  type Rules,
  require,
  takeEntries,
} from './rules.ts';
import type { Rule, Taking } from './taking.ts';

const STANDARD =
  /^(?:Courier(?:-Bold)?(?:-?Oblique)?|Helvetica(?:-Bold)?(?:-?Oblique)?|Times-(?:Roman|Bold|Italic|BoldItalic)|Symbol|ZapfDingbats)$/;

const data =
  (as: string, rules: Rules): Rule =>
  (value, taking) =>
    taking.stream(value, as, (dict) => ({ role: 'data', dict: takeEntries(dict, rules, taking) }));

const LENGTHS = { Length1: anInteger, Length2: anInteger, Length3: anInteger };
const DESCRIPTOR: Rules = {
  ...{ Type: oneOf('FontDescriptor'), FontName: aName, FontFamily: aString, FontStretch: aName, FontWeight: aNumber },
  ...{ Flags: anInteger, FontBBox: aRectangle, ItalicAngle: aNumber, Ascent: aNumber, Descent: aNumber },
  ...{ Leading: aNumber, CapHeight: aNumber, XHeight: aNumber, StemV: aNumber, StemH: aNumber, AvgWidth: aNumber },
  ...{ MaxWidth: aNumber, MissingWidth: aNumber, CharSet: aString },
  FontFile: data('font program', LENGTHS),
  FontFile2: data('font program', LENGTHS),
  FontFile3: data('font program', { ...LENGTHS, Subtype: oneOf('Type1C', 'CIDFontType0C', 'OpenType') }),
};
const descriptor: Rule = (value, taking) =>
  taking.dictionary(value, 'font descriptor', (dict) => takeEntries(dict, DESCRIPTOR, taking));

const CID_SYSTEM = dictionaryOf({ Registry: aString, Ordering: aString, Supplement: anInteger });

/** A map of codes: a known name, or a stream that may build on another. */
const characterMap: Rule = (value, taking) => {
  const found = taking.resolve(value);
  if (typeof found === 'string') return found;
  return taking.stream(value, 'character map', (dict) => ({
    role: 'data',
    dict: takeEntries(
      dict,
      { Type: oneOf('CMap'), CMapName: aName, CIDSystemInfo: CID_SYSTEM, WMode: oneOf(0, 1), UseCMap: characterMap },
      taking,
    ),
  }));
};

const nameOrInteger: Rule = (value, taking) =>
  typeof taking.resolve(value) === 'string' ? aName(value, taking) : anInteger(value, taking);
const encoding: Rule = (value, taking) =>
  typeof taking.resolve(value) === 'string'
    ? aName(value, taking)
    : dictionaryOf({
        Type: oneOf('Encoding'),
        BaseEncoding: aName,
        Differences: listOf(nameOrInteger, 0, 1024),
      })(value, taking);

const SIMPLE: Rules = {
  ...{ Type: oneOf('Font'), Subtype: aName, BaseFont: aName, FirstChar: anInteger, LastChar: anInteger },
  ...{ Widths: listOf(aNumber, 0, 256), FontDescriptor: descriptor, Encoding: encoding, ToUnicode: characterMap },
};
const widthOrList: Rule = (value, taking) =>
  isArray(taking.resolve(value)) ? listOf(aNumber)(value, taking) : aNumber(value, taking);
const CID_FONT: Rules = {
  ...{ Type: oneOf('Font'), Subtype: oneOf('CIDFontType0', 'CIDFontType2'), BaseFont: aName },
  ...{ CIDSystemInfo: CID_SYSTEM, FontDescriptor: descriptor, DW: aNumber, W: listOf(widthOrList) },
  ...{ DW2: listOf(aNumber, 2, 2), W2: listOf(widthOrList) },
  CIDToGIDMap: (value, taking) =>
    taking.resolve(value) === 'Identity' ? 'Identity' : data('glyph map', {})(value, taking),
};
const COMPOSITE: Rules = {
  ...{ Type: oneOf('Font'), Subtype: aName, BaseFont: aName, Encoding: characterMap },
  DescendantFonts: listOf(
    (value, taking) =>
      taking.dictionary(value, 'descendant font', (dict) => embedded(takeEntries(dict, CID_FONT, taking), taking)),
    1,
    1,
  ),
  ToUnicode: characterMap,
};

export const aFont: Rule = (value, taking) =>
  taking.dictionary(value, 'font', (dict, number) => {
    switch (taking.resolve(dict.get('Subtype'))) {
      case 'Type0': {
        const taken = takeEntries(dict, COMPOSITE, taking);
        require(taken, 'Encoding', 'DescendantFonts');
        return taken;
      }
      case 'Type1':
      case 'TrueType':
        return embedded(takeEntries(dict, SIMPLE, taking), taking);
      case 'Type3':
        return drawn(dict, taking, number);
      default:
        throw new IntakeRefusal('UNSUPPORTED', 'a font of an unknown kind');
    }
  });

function embedded(font: Dict, taking: Taking): Dict {
  const described = font.get('FontDescriptor') as { number: number } | undefined;
  const facts = described && (taking.objects[described.number - 1] as Dict);
  if (facts && ['FontFile', 'FontFile2', 'FontFile3'].some((key) => facts.has(key))) return font;
  if (!font.get('Subtype')?.toString().startsWith('CID') && STANDARD.test(String(font.get('BaseFont')))) return font;
  throw new IntakeRefusal('UNSUPPORTED', 'a font that is only named');
}

const DRAWN: Rules = {
  ...{ Type: oneOf('Font'), Subtype: aName, FontBBox: aRectangle, FontMatrix: aMatrix, FirstChar: anInteger },
  ...{ LastChar: anInteger, Widths: listOf(aNumber, 0, 256), Encoding: encoding, ToUnicode: characterMap },
};
const GLYPHS_MAX = 1024;

/** Type 3: letters that are small drawings. */
function drawn(dict: Dict, taking: Taking, number: number): Dict {
  const taken = takeEntries(dict, DRAWN, taking);
  require(taken, 'FontMatrix', 'FontBBox', 'Encoding', 'FirstChar', 'LastChar', 'Widths');
  const procedures = dictAt(dict.get('CharProcs') ?? null, taking);
  if (procedures.size > GLYPHS_MAX) throw new IntakeRefusal('TOO_COMPLEX', 'very many glyphs');
  const glyphs = new Map<string, Value>();
  const resources = new Map<string, Map<string, Value>>();
  let cost = 0;
  for (const [name, procedure] of procedures) {
    if (!(taking.resolve(procedure) instanceof Stream)) throw new IntakeRefusal('BROKEN', 'a glyph that is no stream');
    const glyph = taking.stream(procedure, `glyph of ${number}`, (_, stored, at) => {
      const content = taking.content(stored, dict.get('Resources'));
      merge(resources, content.resources);
      taking.costs.set(at, content.cost);
      return { role: 'content', dict: new Map(), resources: content.resources, stored: content.stored };
    });
    glyphs.set(name, glyph);
    cost = Math.max(cost, taking.costs.get(glyph.number) ?? 0);
  }
  taking.costs.set(number, cost);
  taken.set('CharProcs', glyphs);
  taken.set('Resources', resources);
  return taken;
}

function merge(into: Map<string, Map<string, Value>>, more: Dict): void {
  for (const [category, entries] of more) {
    const known = into.get(category) ?? new Map<string, Value>();
    for (const [name, value] of entries as Dict) known.set(name, value);
    into.set(category, known);
  }
}
