/** What a request must be before a handler sees it: first its head, which costs nothing, then parameters and body. */
import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { type Endpoint, refuse } from '@machikado/protocol';
import { DEADLINE_HEADER } from './deadline.ts';
import { checkFor } from './schema-check.ts';
import { isJsonType, paramNames, pathParams } from './wire.ts';

/**
 * Without TLS nobody is known but by where they are, and a browser on this machine is here too. A page of somebody else calls
 * the address by another name (DNS rebinding) or says where it comes from.
 */
export function refuseStrangePage({ headers: { host, origin }, socket }: IncomingMessage): void {
  const isOwnName = LOOPBACK_NAMES.some((name) => host === `${name}:${socket.localPort}`);
  if (!isOwnName || origin !== undefined) refuse('PEER_NOT_ALLOWED', 'not called by an address of this machine');
}

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/** Returns the milliseconds that the request may take. */
export function checkedHead(endpoint: Endpoint, { url, headers }: IncomingMessage): number {
  if (url?.includes('?')) refuse('MALFORMED_REQUEST', 'endpoints take no query');
  if (endpoint.body && !isJsonType(headers['content-type'])) refuse('UNSUPPORTED_MEDIA_TYPE', 'not application/json');
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (!endpoint.body && hasBody) refuse('MALFORMED_REQUEST', 'this endpoint takes no body');
  return Math.min(deadlineHeader(headers[DEADLINE_HEADER]), endpoint.deadlineMs);
}

export function checkedBody(endpoint: Endpoint, body: unknown): unknown {
  if (!endpoint.body) return undefined;
  const { fits, faultOf } = checkFor(endpoint.body);
  if (!fits(body)) refuse('MALFORMED_REQUEST', `body at ${faultOf(body)}`);
  return body;
}

export function checkedParams(endpoint: Endpoint, params: Readonly<Record<string, string>>) {
  for (const name of paramNames(endpoint.path)) {
    const schema = pathParams[name];
    assert.ok(schema);
    if (!checkFor(schema).fits(params[name])) refuse('MALFORMED_REQUEST', `path parameter ${name}`);
  }
  return params;
}

function deadlineHeader(header: string | string[] | undefined): number {
  if (header === undefined) return Number.POSITIVE_INFINITY;
  if (typeof header !== 'string' || !/^[1-9]\d{0,6}$/.test(header)) refuse('MALFORMED_REQUEST', 'deadline-ms');
  return Number(header);
}
