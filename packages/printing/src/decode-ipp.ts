/** Bytes → values (RFC 8010 §3), strictly: whatever is not exactly a message is an `IppFormatError`, and nothing else is ever thrown. */
import { ByteReader } from './byte-reader.ts';
import { decodeValue } from './decode-value.ts';
import { IppFormatError } from './ipp-error.ts';
import type { IppAttribute, IppGroup, IppMessage, IppValue } from './ipp-message.ts';
import {
  COLLECTION_DEPTH_MAX,
  END_COLLECTION,
  END_OF_ATTRIBUTES,
  FIRST_VALUE_TAG,
  groupTags,
  MEMBER_NAME,
  repeatableGroups,
  tagNames,
  valueTags,
} from './ipp-tags.ts';

const groupNames = tagNames(groupTags);

export function decodeIpp(bytes: Uint8Array): IppMessage {
  const reader = new ByteReader(bytes);
  const header = readHeader(reader);
  const groups = readGroups(reader);
  return { ...header, groups, data: reader.rest() };
}

/** Enough to answer a message whose rest is broken. */
export function decodeIppHeader(bytes: Uint8Array): Pick<IppMessage, 'version' | 'code' | 'requestId'> {
  return readHeader(new ByteReader(bytes));
}

function readHeader(reader: ByteReader): Pick<IppMessage, 'version' | 'code' | 'requestId'> {
  const version = [reader.octet(), reader.octet()] as const;
  return { version, code: reader.short(), requestId: reader.integer() };
}

function readGroups(reader: ByteReader): IppGroup[] {
  const groups: IppGroup[] = [];
  for (;;) {
    if (reader.left === 0) throw new IppFormatError('no-end-of-attributes');
    const code = reader.octet();
    if (code === END_OF_ATTRIBUTES) return groups;
    if (code >= FIRST_VALUE_TAG) throw new IppFormatError('attribute-outside-group');
    const tag = groupNames.get(code);
    if (tag === undefined) throw new IppFormatError('unknown-group');
    if (!repeatableGroups.has(tag) && groups.some((group) => group.tag === tag))
      throw new IppFormatError('duplicate-group');
    groups.push({ tag, attributes: readAttributes(reader) });
  }
}

function readAttributes(reader: ByteReader): IppAttribute[] {
  const attributes: { name: string; values: IppValue[] }[] = [];
  const names = new Set<string>();
  while ((reader.peek() ?? 0) >= FIRST_VALUE_TAG) {
    const tag = reader.octet();
    const name = reader.countedText();
    const value = readValue(reader, tag, 0);
    if (name === '') {
      const last = attributes.at(-1);
      if (!last) throw new IppFormatError('value-without-attribute');
      last.values.push(value);
      continue;
    }
    if (names.has(name)) throw new IppFormatError('duplicate-attribute');
    names.add(name);
    attributes.push({ name, values: [value] });
  }
  return attributes;
}

function readValue(reader: ByteReader, tag: number, depth: number): IppValue {
  const body = reader.counted();
  if (tag !== valueTags.collection) return decodeValue(tag, body);
  if (body.length > 0) throw new IppFormatError('bad-length');
  if (depth === COLLECTION_DEPTH_MAX) throw new IppFormatError('too-deep');
  return { tag: 'collection', value: readMembers(reader, depth + 1) };
}

/** Members come as a name of their own, then values without names, until the collection ends. */
function readMembers(reader: ByteReader, depth: number): IppAttribute[] {
  const members: { name: string; values: IppValue[] }[] = [];
  const names = new Set<string>();
  const complete = () => members.at(-1)?.values.length !== 0;
  for (;;) {
    const tag = reader.octet();
    if (reader.counted().length > 0) throw new IppFormatError('bad-collection');
    if (tag === END_COLLECTION) {
      if (reader.counted().length > 0 || !complete()) throw new IppFormatError('bad-collection');
      return members;
    }
    if (tag === MEMBER_NAME) {
      const name = reader.countedText();
      if (name === '' || !complete()) throw new IppFormatError('bad-collection');
      if (names.has(name)) throw new IppFormatError('duplicate-attribute');
      names.add(name);
      members.push({ name, values: [] });
      continue;
    }
    const member = members.at(-1);
    if (!member) throw new IppFormatError('bad-collection');
    member.values.push(readValue(reader, tag, depth));
  }
}
