/** An IPP message as values (RFC 8010 §3): a header, groups of attributes, and the document behind them. */
import type { GroupTag, OutOfBandTag, TextTag } from './ipp-tags.ts';

export interface IppMessage {
  readonly version: IppVersion;
  /** Of a request the operation, of a reply the status. */
  readonly code: number;
  readonly requestId: number;
  readonly groups: readonly IppGroup[];
  readonly data: Uint8Array;
}

export type IppVersion = readonly [major: number, minor: number];

export interface IppGroup {
  readonly tag: GroupTag;
  readonly attributes: readonly IppAttribute[];
}

/** 1setOf: one value or several; never none. */
export interface IppAttribute {
  readonly name: string;
  readonly values: readonly IppValue[];
}

export type IppValue =
  | { readonly tag: OutOfBandTag }
  | { readonly tag: 'integer' | 'enum'; readonly value: number }
  | { readonly tag: 'boolean'; readonly value: boolean }
  | { readonly tag: 'octetString'; readonly value: Uint8Array }
  | { readonly tag: 'dateTime'; readonly value: IppDateTime }
  | { readonly tag: 'resolution'; readonly value: IppResolution }
  | { readonly tag: 'rangeOfInteger'; readonly value: IppRange }
  | { readonly tag: 'collection'; readonly value: readonly IppAttribute[] }
  | { readonly tag: 'textWithLanguage' | 'nameWithLanguage'; readonly value: IppTextWithLanguage }
  | { readonly tag: TextTag; readonly value: string };

export type IppRange = readonly [lower: number, upper: number];

export interface IppResolution {
  readonly crossFeed: number;
  readonly feed: number;
  readonly unit: 'dpi' | 'dpcm';
}

export interface IppTextWithLanguage {
  readonly language: string;
  readonly text: string;
}

/** DateAndTime of RFC 2579: the wall clock of somebody, and how far it is from UTC. */
export interface IppDateTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly decisecond: number;
  readonly utcOffsetMinutes: number;
}

/** Clock positions, in the order of the octets behind the year, and what each may be (a leap second is 60). */
export const dateTimeBounds = [
  ['month', 1, 12],
  ['day', 1, 31],
  ['hour', 0, 23],
  ['minute', 0, 59],
  ['second', 0, 60],
  ['decisecond', 0, 9],
] as const satisfies readonly (readonly [keyof IppDateTime, number, number])[];

export const utcOffsetMinutesMax = 14 * 60 + 59;

export function toIppDateTime(instant: Date): IppDateTime {
  return {
    year: instant.getUTCFullYear(),
    month: instant.getUTCMonth() + 1,
    day: instant.getUTCDate(),
    hour: instant.getUTCHours(),
    minute: instant.getUTCMinutes(),
    second: instant.getUTCSeconds(),
    decisecond: Math.floor(instant.getUTCMilliseconds() / 100),
    utcOffsetMinutes: 0,
  };
}

export function groupOf(message: Pick<IppMessage, 'groups'>, tag: GroupTag): readonly IppAttribute[] {
  return message.groups.find((group) => group.tag === tag)?.attributes ?? [];
}
