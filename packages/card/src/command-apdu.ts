/**
 * Command and response APDUs (ISO/IEC 7816-4 clause 5.1 to 5.3), short and extended length.
 * Any bytes may arrive from a reader, so parsing answers `undefined` instead of throwing.
 */
export interface CommandApdu {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data: Uint8Array;
  /** Ne, the largest reply the sender expects; undefined when no Le was sent. */
  readonly replyMax: number | undefined;
}

export interface ResponseApdu {
  readonly data: Uint8Array;
  readonly word: number;
}

const NOTHING = new Uint8Array(0);
const SHORT_MAX = 256;
const EXTENDED_MAX = 65_536;

export function parseCommand(bytes: Uint8Array): CommandApdu | undefined {
  const [cla, ins, p1, p2] = bytes;
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return undefined;
  const body = parseBody(bytes.subarray(4));
  return body && { cla, ins, p1, p2, ...body };
}

function parseBody(body: Uint8Array): Pick<CommandApdu, 'data' | 'replyMax'> | undefined {
  const first = body[0];
  if (first === undefined) return { data: NOTHING, replyMax: undefined };
  if (body.length === 1) return { data: NOTHING, replyMax: first || SHORT_MAX };
  if (first !== 0) return splitBody(body, 1, first, 1, SHORT_MAX);
  if (body.length < 3) return undefined;
  const second = uint16(body, 1);
  if (body.length === 3) return { data: NOTHING, replyMax: second || EXTENDED_MAX };
  return second === 0 ? undefined : splitBody(body, 3, second, 2, EXTENDED_MAX);
}

/** Data after the length field, then either nothing or one Le field of `leBytes`. */
function splitBody(body: Uint8Array, from: number, length: number, leBytes: 1 | 2, leMax: number) {
  const data = body.subarray(from, from + length);
  if (body.length === from + length) return { data, replyMax: undefined };
  if (body.length !== from + length + leBytes) return undefined;
  const le = leBytes === 1 ? body[from + length] : uint16(body, from + length);
  return { data, replyMax: le || leMax };
}

/** Short form whenever it fits: not every contactless reader passes extended length on. */
export function encodeCommand(
  command: Omit<CommandApdu, 'data' | 'replyMax'> & { readonly data?: Uint8Array; readonly replyMax?: number },
): Uint8Array {
  const { cla, ins, p1, p2, data = NOTHING, replyMax } = command;
  const extended = data.length > 255 || (replyMax ?? 0) > SHORT_MAX;
  const lc = data.length === 0 ? [] : extended ? [0, data.length >> 8, data.length & 255] : [data.length];
  const le = replyMax === undefined ? [] : extended ? [replyMax >> 8, replyMax & 255] : [replyMax & 255];
  if (extended && data.length === 0) le.unshift(0);
  return Uint8Array.from([cla, ins, p1, p2, ...lc, ...data, ...le].map((byte) => byte & 255));
}

export function encodeResponse(word: number, data: Uint8Array = NOTHING): Uint8Array {
  const bytes = new Uint8Array(data.length + 2);
  bytes.set(data);
  bytes.set([word >> 8, word & 255], data.length);
  return bytes;
}

export function parseResponse(bytes: Uint8Array): ResponseApdu | undefined {
  if (bytes.length < 2) return undefined;
  return { data: bytes.subarray(0, -2), word: uint16(bytes, bytes.length - 2) };
}

function uint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
