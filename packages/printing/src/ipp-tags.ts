/** Tags of RFC 8010 §3.5, with the group tags of its successors. */
export const groupTags = {
  operation: 0x01,
  job: 0x02,
  printer: 0x04,
  unsupported: 0x05,
  subscription: 0x06,
  'event-notification': 0x07,
  resource: 0x08,
  document: 0x09,
  system: 0x0a,
} as const;
export type GroupTag = keyof typeof groupTags;

/** Lists come as one group each, so only these may stand in a message more than once. */
export const repeatableGroups: ReadonlySet<GroupTag> = new Set<GroupTag>([
  'job',
  'subscription',
  'event-notification',
  'resource',
  'document',
]);

export const END_OF_ATTRIBUTES = 0x03;
/** Below this a tag opens a group, from it on a value. */
export const FIRST_VALUE_TAG = 0x10;

export const outOfBandTags = {
  unsupported: 0x10,
  unknown: 0x12,
  'no-value': 0x13,
  'not-settable': 0x15,
  'delete-attribute': 0x16,
  'admin-define': 0x17,
} as const;
export type OutOfBandTag = keyof typeof outOfBandTags;

export const textTags = {
  textWithoutLanguage: 0x41,
  nameWithoutLanguage: 0x42,
  keyword: 0x44,
  uri: 0x45,
  uriScheme: 0x46,
  charset: 0x47,
  naturalLanguage: 0x48,
  mimeMediaType: 0x49,
} as const;
export type TextTag = keyof typeof textTags;

export const valueTags = {
  ...outOfBandTags,
  ...textTags,
  integer: 0x21,
  boolean: 0x22,
  enum: 0x23,
  octetString: 0x30,
  dateTime: 0x31,
  resolution: 0x32,
  rangeOfInteger: 0x33,
  collection: 0x34,
  textWithLanguage: 0x35,
  nameWithLanguage: 0x36,
} as const;
export type ValueTag = keyof typeof valueTags;

/** Inside a collection only. */
export const END_COLLECTION = 0x37;
export const MEMBER_NAME = 0x4a;

export const resolutionUnits = { dpi: 3, dpcm: 4 } as const;

/** Lengths are SIGNED-SHORT. */
export const LENGTH_MAX = 0x7fff;
export const COLLECTION_DEPTH_MAX = 8;

export function tagNames<T extends string>(table: Readonly<Record<T, number>>): ReadonlyMap<number, T> {
  return new Map((Object.entries(table) as [T, number][]).map(([name, code]) => [code, name]));
}
