/** The octets of one value, by its tag (RFC 8010 §3.9). */
import { ByteReader, toText } from './byte-reader.ts';
import { IppFormatError } from './ipp-error.ts';
import { dateTimeBounds, type IppDateTime, type IppValue, utcOffsetMinutesMax } from './ipp-message.ts';
import { resolutionUnits, tagNames, valueTags } from './ipp-tags.ts';

const names = tagNames(valueTags);
const units = tagNames(resolutionUnits);

export function decodeValue(code: number, body: Uint8Array): IppValue {
  const tag = names.get(code);
  switch (tag) {
    case undefined:
    case 'collection':
      throw new IppFormatError('unknown-value-tag');
    case 'unsupported':
    case 'unknown':
    case 'no-value':
    case 'not-settable':
    case 'delete-attribute':
    case 'admin-define':
      // Octets here are allowed and mean nothing (RFC 8010 §3.8).
      return { tag };
    case 'integer':
    case 'enum':
      return { tag, value: sized(body, 4).integer() };
    case 'boolean':
      return { tag, value: toBoolean(sized(body, 1).octet()) };
    case 'octetString':
      return { tag, value: new Uint8Array(body) };
    case 'dateTime':
      return { tag, value: toDateTime(sized(body, 11)) };
    case 'resolution': {
      const reader = sized(body, 9);
      const [crossFeed, feed] = [reader.integer(), reader.integer()];
      const unit = units.get(reader.octet());
      if (unit === undefined) throw new IppFormatError('bad-value', tag);
      return { tag, value: { crossFeed, feed, unit } };
    }
    case 'rangeOfInteger': {
      const reader = sized(body, 8);
      return { tag, value: [reader.integer(), reader.integer()] };
    }
    case 'textWithLanguage':
    case 'nameWithLanguage': {
      const reader = new ByteReader(body);
      const value = { language: reader.countedText(), text: reader.countedText() };
      if (reader.left > 0) throw new IppFormatError('bad-length', tag);
      return { tag, value };
    }
    default:
      return { tag, value: toText(body) };
  }
}

function sized(body: Uint8Array, length: number): ByteReader {
  if (body.length !== length) throw new IppFormatError('bad-length');
  return new ByteReader(body);
}

function toBoolean(octet: number): boolean {
  if (octet > 1) throw new IppFormatError('bad-value', 'boolean');
  return octet === 1;
}

function toDateTime(reader: ByteReader): IppDateTime {
  const year = reader.short();
  const clock = Object.fromEntries(
    dateTimeBounds.map(([position, least, most]) => [position, within(reader.octet(), least, most)]),
  ) as Pick<IppDateTime, (typeof dateTimeBounds)[number][0]>;
  const sign = String.fromCharCode(reader.octet());
  if (sign !== '+' && sign !== '-') throw new IppFormatError('bad-value', 'dateTime');
  const offset = within(reader.octet(), 0, Math.floor(utcOffsetMinutesMax / 60)) * 60 + within(reader.octet(), 0, 59);
  return { year, ...clock, utcOffsetMinutes: sign === '-' && offset > 0 ? -offset : offset };
}

function within(value: number, least: number, most: number): number {
  if (value < least || value > most) throw new IppFormatError('bad-value', 'dateTime');
  return value;
}
