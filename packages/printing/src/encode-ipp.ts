/** Values → bytes (RFC 8010 §3). What cannot be written is a bug of the caller. */
import assert from 'node:assert/strict';
import {
  dateTimeBounds,
  type IppAttribute,
  type IppDateTime,
  type IppMessage,
  type IppValue,
  utcOffsetMinutesMax,
} from './ipp-message.ts';
import {
  END_COLLECTION,
  END_OF_ATTRIBUTES,
  groupTags,
  LENGTH_MAX,
  MEMBER_NAME,
  resolutionUnits,
  valueTags,
} from './ipp-tags.ts';

type Bytes = Uint8Array;
const NOTHING = new Uint8Array();

export function encodeIpp(message: IppMessage): Uint8Array {
  const [major, minor] = message.version;
  return Buffer.concat([
    octets(major, minor),
    short(message.code),
    integer(message.requestId),
    ...message.groups.flatMap(({ tag, attributes }) => [octets(groupTags[tag]), ...attributes.flatMap(attribute)]),
    octets(END_OF_ATTRIBUTES),
    message.data,
  ]);
}

function attribute({ name, values }: IppAttribute): Bytes[] {
  assert.ok(name !== '' && values.length > 0, 'an attribute has a name and a value');
  return values.flatMap((value, i) => field(value, i === 0 ? name : ''));
}

function field(value: IppValue, name: string): Bytes[] {
  const head = [octets(valueTags[value.tag]), ...counted(utf8(name))];
  if (value.tag !== 'collection') return [...head, ...counted(bodyOf(value))];
  return [...head, ...counted(NOTHING), ...value.value.flatMap(member), octets(END_COLLECTION), short(0), short(0)];
}

function member({ name, values }: IppAttribute): Bytes[] {
  assert.ok(name !== '' && values.length > 0, 'a member has a name and a value');
  return [octets(MEMBER_NAME), short(0), ...counted(utf8(name)), ...values.flatMap((value) => field(value, ''))];
}

function bodyOf(value: Exclude<IppValue, { readonly tag: 'collection' }>): Bytes {
  switch (value.tag) {
    case 'unsupported':
    case 'unknown':
    case 'no-value':
    case 'not-settable':
    case 'delete-attribute':
    case 'admin-define':
      return NOTHING;
    case 'integer':
    case 'enum':
      return integer(value.value);
    case 'boolean':
      return octets(value.value ? 1 : 0);
    case 'octetString':
      return value.value;
    case 'dateTime':
      return dateTime(value.value);
    case 'resolution': {
      const { crossFeed, feed, unit } = value.value;
      return Buffer.concat([integer(crossFeed), integer(feed), octets(resolutionUnits[unit])]);
    }
    case 'rangeOfInteger':
      return Buffer.concat(value.value.map(integer));
    case 'textWithLanguage':
    case 'nameWithLanguage':
      return Buffer.concat([...counted(utf8(value.value.language)), ...counted(utf8(value.value.text))]);
    default:
      return utf8(value.value);
  }
}

function dateTime(value: IppDateTime): Bytes {
  for (const [position, least, most] of dateTimeBounds)
    assert.ok(value[position] >= least && value[position] <= most, `${position} of a dateTime`);
  const offset = Math.abs(value.utcOffsetMinutes);
  assert.ok(offset <= utcOffsetMinutesMax, 'offset of a dateTime');
  const clock = dateTimeBounds.map(([position]) => value[position]);
  const sign = (value.utcOffsetMinutes < 0 ? '-' : '+').charCodeAt(0);
  return Buffer.concat([short(value.year), octets(...clock, sign, Math.floor(offset / 60), offset % 60)]);
}

function counted(bytes: Bytes): Bytes[] {
  assert.ok(bytes.length <= LENGTH_MAX, 'longer than IPP can say');
  return [short(bytes.length), bytes];
}

function octets(...values: number[]): Bytes {
  return Uint8Array.from(values);
}

function short(value: number): Bytes {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function integer(value: number): Bytes {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

const utf8 = (text: string): Bytes => Buffer.from(text, 'utf8');
