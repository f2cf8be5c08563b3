/** External objects (ISO 32000-1 section 8.8): images and forms. A form without resources of its own must not need any. */
import { IntakeRefusal } from '../intake-refusal.ts';
import { Stream, type Value } from '../values.ts';
import { aColourSpace } from './colour-space.ts';
import { anImage } from './image.ts';
import {
  aBoolean,
  aMatrix,
  anInteger,
  aRectangle,
  dictionaryOf,
  oneOf,
  type Rules,
  require,
  takeEntries,
} from './rules.ts';
import type { Rule } from './taking.ts';

const FORM: Rules = {
  ...{ Type: oneOf('XObject'), Subtype: oneOf('Form'), FormType: anInteger, BBox: aRectangle, Matrix: aMatrix },
  Group: dictionaryOf({ Type: oneOf('Group'), S: oneOf('Transparency'), CS: aColourSpace, I: aBoolean, K: aBoolean }),
};

export const anXObject: Rule = (value, taking) => {
  const found = taking.resolve(value);
  const kind = found instanceof Stream ? taking.resolve(found.dict.get('Subtype')) : undefined;
  if (kind === 'Image') return anImage(value, taking);
  if (kind === 'Form') return aForm(value, taking);
  throw new IntakeRefusal(kind === 'PS' ? 'UNSUPPORTED' : 'BROKEN', 'an object that is neither image nor form');
};

export const aForm: Rule = (value, taking): Value =>
  taking.stream(value, 'form', (dict, stored, number) => {
    if (dict.has('Ref')) throw new IntakeRefusal('ACTIVE_CONTENT', 'a page of another file');
    const taken = takeEntries(dict, FORM, taking);
    require(taken, 'Subtype', 'BBox');
    const { resources, cost, stored: kept } = taking.content(stored, dict.get('Resources'));
    taking.costs.set(number, cost);
    return { role: 'content', dict: taken.set('Resources', resources), resources, stored: kept };
  });
