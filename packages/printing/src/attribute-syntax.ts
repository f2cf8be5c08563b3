/** What one attribute is on the wire and in the program, both ways. Out of band (unknown, no-value) reads as nothing. */
import { IppFormatError } from './ipp-error.ts';
import type { IppDateTime, IppRange, IppResolution, IppValue } from './ipp-message.ts';
import { outOfBandTags, type TextTag } from './ipp-tags.ts';

export interface Syntax<T> {
  read(values: readonly IppValue[]): T | undefined;
  write(value: T): IppValue[];
}

/** One value. `read` gives nothing for a value that nobody here knows (an enum of a later standard), and throws for another syntax. */
interface One<T> {
  read(value: IppValue): T | undefined;
  write(value: T): IppValue;
}

export function one<T>(kind: One<T>): Syntax<T> {
  return {
    read(values) {
      const [value, ...more] = values;
      if (!value || more.length > 0) throw new IppFormatError('wrong-syntax');
      return isOutOfBand(value) ? undefined : kind.read(value);
    },
    write: (value) => [kind.write(value)],
  };
}

/** 1setOf. */
export function several<T>(kind: One<T>): Syntax<readonly T[]> {
  return {
    read(values) {
      const [first] = values;
      if (first && isOutOfBand(first)) return undefined;
      return values.map((value) => kind.read(value)).filter((value) => value !== undefined);
    },
    write: (values) => values.map((value) => kind.write(value)),
  };
}

const isOutOfBand = (value: IppValue) => value.tag in outOfBandTags;

/** Some members of the union carry several tags. */
type Tagged<G extends IppValue['tag']> = IppValue extends infer V
  ? V extends { readonly tag: infer T }
    ? G & T extends never
      ? never
      : V
    : never
  : never;

/** The value if its tag is one of these. */
function as<G extends IppValue['tag']>(value: IppValue, ...tags: readonly G[]): Tagged<G> {
  if (!(tags as readonly string[]).includes(value.tag)) throw new IppFormatError('wrong-syntax');
  return value as Tagged<G>;
}

const text = (tag: TextTag): One<string> => ({
  read: (value) => as(value, tag).value,
  write: (value) => ({ tag, value }),
});

export const keyword = text('keyword');
export const uri = text('uri');
export const charset = text('charset');
export const naturalLanguage = text('naturalLanguage');
export const mimeMediaType = text('mimeMediaType');

/** Text and names may come with a language or without. */
export const words: One<string> = {
  read(value) {
    const found = as(value, 'textWithoutLanguage', 'textWithLanguage');
    return typeof found.value === 'string' ? found.value : found.value.text;
  },
  write: (value) => ({ tag: 'textWithoutLanguage', value }),
};

export const name: One<string> = {
  read(value) {
    const found = as(value, 'nameWithoutLanguage', 'nameWithLanguage');
    return typeof found.value === 'string' ? found.value : found.value.text;
  },
  write: (value) => ({ tag: 'nameWithoutLanguage', value }),
};

/** Sizes of paper and the like: a keyword of the standard or a name of the site. */
export const keywordOrName: One<string> = {
  read: (value) => (value.tag === 'keyword' ? value.value : name.read(value)),
  write: keyword.write,
};

export const integer: One<number> = {
  read: (value) => as(value, 'integer').value,
  write: (value) => ({ tag: 'integer', value }),
};

export const boolean: One<boolean> = {
  read: (value) => as(value, 'boolean').value,
  write: (value) => ({ tag: 'boolean', value }),
};

export const range: One<IppRange> = {
  read: (value) => as(value, 'rangeOfInteger').value,
  write: (value) => ({ tag: 'rangeOfInteger', value }),
};

export const resolution: One<IppResolution> = {
  read: (value) => as(value, 'resolution').value,
  write: (value) => ({ tag: 'resolution', value }),
};

export const dateTime: One<IppDateTime> = {
  read: (value) => as(value, 'dateTime').value,
  write: (value) => ({ tag: 'dateTime', value }),
};

/** Octets that hold ASCII, as trays and supplies do (PWG 5100.13). */
export const asciiOctets: One<string> = {
  read: (value) => Buffer.from(as(value, 'octetString').value).toString('latin1'),
  write: (value) => ({ tag: 'octetString', value: new Uint8Array(Buffer.from(value, 'latin1')) }),
};

export function enumOf<const N extends Readonly<Record<string, number>>>(names: N): One<keyof N & string> {
  return {
    read(value) {
      const { value: code } = as(value, 'enum');
      return Object.keys(names).find((key) => names[key] === code);
    },
    write: (key) => ({ tag: 'enum', value: names[key] as number }),
  };
}
