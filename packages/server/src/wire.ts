/** What goes over the wire besides the messages themselves. */
import { type ErrorReply, OrderId, ProtocolError, SessionId, toWireError } from '@machikado/protocol';
import type { TSchema } from 'typebox';

export const JSON_TYPE = 'application/json; charset=utf-8';

/** Everything that may stand in a path, by its name there. */
export const pathParams: Readonly<Record<string, TSchema>> = { sessionId: SessionId, orderId: OrderId };

export function paramNames(path: string): string[] {
  return [...path.matchAll(/:(\w+)/g)].map((match) => match[1] as string);
}

/** `application/json`, with no other charset than UTF-8. */
export function isJsonType(contentType: string | undefined): boolean {
  return /^application\/json(;\s*charset="?utf-8"?)?$/i.test(contentType?.trim() ?? '');
}

export function errorReplyOf(error: unknown, requestId: string): { http: number; reply: ErrorReply } {
  const { code, retry, http } = toWireError(error);
  return { http, reply: { error: { code, retry, requestId } } };
}

/** Refusals of the HTTP layer in the words of the protocol. */
export function toRefusal(error: unknown): unknown {
  const { code, statusCode } = (error ?? {}) as { code?: string; statusCode?: number };
  if (error instanceof ProtocolError || code === undefined || !code.startsWith('FST_')) return error;
  if (statusCode === 413) return new ProtocolError('BODY_TOO_LARGE', 'the body is too large');
  if (statusCode === 415) return new ProtocolError('UNSUPPORTED_MEDIA_TYPE', 'not application/json');
  if (statusCode !== undefined && statusCode < 500) return new ProtocolError('MALFORMED_REQUEST', code);
  return error;
}
