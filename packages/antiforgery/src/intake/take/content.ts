/**
 * One content stream with the resources that it names (ISO 32000-1 section 7.8): every operator looked at, everything that it uses taken
 * over, everything else left out, and how much it draws counted.
 */
import { deflateSync } from 'node:zlib';
import { Balance } from '../balance.ts';
import { readContent } from '../content-stream.ts';
import { plainBytes, type Stored } from '../decode-stream.ts';
import { intakeLimits } from '../intake-limits.ts';
import { IntakeRefusal } from '../intake-refusal.ts';
import type { Operands } from '../operands.ts';
import type { Operator } from '../operators.ts';
import { type Dict, Ref, type Value } from '../values.ts';
import { aColourSpace, componentsOf, isDeviceSpace } from './colour-space.ts';
import { aFont } from './font.ts';
import { aGraphicsState } from './graphics-state.ts';
import { checkInlineImage } from './image.ts';
import { aPattern } from './pattern.ts';
import { anInteger, aString, dictAt, dictionaryOf } from './rules.ts';
import { aShading } from './shading.ts';
import type { Rule, TakenContent, Taking } from './taking.ts';
import { anXObject } from './x-object.ts';

/** What a marked text says: the replacement and the language of it. */
const properties: Rule = dictionaryOf({
  MCID: anInteger,
  ActualText: aString,
  Alt: aString,
  E: aString,
  Lang: aString,
});

/** In this order they are written. */
const RULES = {
  ColorSpace: aColourSpace,
  ExtGState: aGraphicsState,
  Font: aFont,
  Pattern: aPattern,
  Properties: properties,
  Shading: aShading,
  XObject: anXObject,
} as const;
type Category = keyof typeof RULES;
const CATEGORIES = Object.keys(RULES) as Category[];
/** They stand for the device’s spaces without being named. */
const DEFAULTS = ['DefaultGray', 'DefaultRGB', 'DefaultCMYK'];

export function takeContent(stored: Stored, resources: Value | undefined, taking: Taking): TakenContent {
  const plain = plainBytes(stored);
  const used = new Used(resources, taking);
  const balance = new Balance();
  let operators = 0;
  readContent(
    plain,
    (operator, operands) => {
      operators += 1;
      taking.countOperator();
      if (operators > intakeLimits.operatorsPerPageMax) throw tooMuch();
      balance.see(operator);
      used.see(operator, operands);
    },
    (space) => componentsOf(used.take('ColorSpace', space), taking.objects),
  );
  balance.finish();
  const cost = operators + used.cost();
  if (cost > intakeLimits.operatorsPerPageMax) throw tooMuch();
  return { stored: stored.predictor ? compact(plain) : stored, plain, resources: used.resources(), cost };
}

/** Bytes that came in another form than the one in which they are written. */
export function compact(bytes: Uint8Array): Stored {
  return { data: deflateSync(bytes), filter: 'FlateDecode', inflated: bytes };
}

class Used {
  readonly #given: Value | undefined;
  readonly #taking: Taking;
  readonly #taken = new Map<Category, Map<string, Value>>();
  #dict: Dict | undefined;
  #drawn = 0;
  #letters = 0;

  constructor(given: Value | undefined, taking: Taking) {
    this.#given = given;
    this.#taking = taking;
  }

  see(operator: Operator, operands: Operands): void {
    switch (operator) {
      case 'Tj':
      case "'":
      case '"':
      case 'TJ':
        this.#letters += operands.length(operands.count - 1);
        return;
      case 'Tf':
        this.take('Font', operands.name(0));
        return;
      case 'gs':
        this.#draw(this.take('ExtGState', operands.name(0)));
        return;
      case 'cs':
      case 'CS': {
        const name = operands.name(0);
        if (!isDeviceSpace(name) && name !== 'Pattern') this.take('ColorSpace', name);
        return;
      }
      case 'scn':
      case 'SCN':
        if (operands.isName(operands.count - 1)) this.#draw(this.take('Pattern', operands.name(operands.count - 1)));
        return;
      case 'sh':
        this.take('Shading', operands.name(0));
        return;
      case 'Do':
        this.#draw(this.take('XObject', operands.name(0)));
        return;
      case 'BDC':
      case 'DP':
        // The tag of a layer; without the layers it would always be shown.
        if (operands.name(0) === 'OC') throw new IntakeRefusal('ACTIVE_CONTENT', '/OC');
        if (operands.isName(1)) this.take('Properties', operands.name(1));
        return;
      case 'BI':
        checkInlineImage(operands.image as NonNullable<Operands['image']>, this.#taking, (name) =>
          this.take('ColorSpace', name),
        );
    }
  }

  /** A name that means nothing would be drawn in a way that each program chooses for itself. */
  take(category: Category, name: string): Value {
    const entries = this.#entries(category);
    const known = entries.get(name);
    if (known !== undefined) return known;
    const given = this.#givenIn(category)?.get(name);
    if (given === undefined || this.#taking.resolve(given) === null)
      throw new IntakeRefusal('BROKEN', `a name of ${category} that means nothing`);
    const taken = RULES[category](given, this.#taking);
    entries.set(name, taken);
    return taken;
  }

  cost(): number {
    // Any of the letters may be the most laborious one of any font whose letters are drawings.
    const fonts = [...(this.#taken.get('Font')?.values() ?? [])] as Ref[];
    const letter = Math.max(0, ...fonts.map((font) => this.#taking.costs.get(font.number) ?? 0));
    return this.#drawn + this.#letters * letter;
  }

  resources(): Dict {
    for (const name of DEFAULTS) if (this.#givenIn('ColorSpace')?.has(name)) this.take('ColorSpace', name);
    const used = CATEGORIES.filter((category) => (this.#taken.get(category)?.size ?? 0) > 0);
    return new Map(used.map((category) => [category, this.#taken.get(category) as Dict]));
  }

  #draw(value: Value): void {
    if (value instanceof Ref) this.#drawn += this.#taking.costs.get(value.number) ?? 0;
    if (this.#drawn > intakeLimits.operatorsPerPageMax) throw tooMuch();
  }

  #entries(category: Category): Map<string, Value> {
    const known = this.#taken.get(category);
    if (known) return known;
    const entries = new Map<string, Value>();
    this.#taken.set(category, entries);
    return entries;
  }

  #givenIn(category: Category): Dict | undefined {
    if (this.#given === undefined) return undefined;
    this.#dict ??= dictAt(this.#given, this.#taking);
    const entries = this.#taking.resolve(this.#dict.get(category));
    return entries === null ? undefined : dictAt(entries, this.#taking);
  }
}

const tooMuch = () => new IntakeRefusal('TOO_COMPLEX', 'a page on which very much is drawn');
