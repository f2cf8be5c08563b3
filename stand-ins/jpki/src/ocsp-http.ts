/** OCSP over plain HTTP (RFC 6960 appendix A.1): POST with the DER as body, or GET with it in base64 as the rest of the path. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Address, type Listener, listen, takeBody } from './http-listener.ts';
import type { OcspResponder } from './ocsp-responder.ts';

const PATH = '/ocsp';
const QUESTION_BYTES_MAX = 4096;

export async function startResponder(respond: OcspResponder, address: Address = {}): Promise<Listener> {
  /** The question, or the HTTP status that says why there is none. */
  function answer(question: Uint8Array | number, response: ServerResponse): void {
    if (typeof question === 'number') response.writeHead(question, { connection: 'close' }).end();
    else reply(response, respond(question));
  }
  const listener = await listen((request, response) => {
    const refusal = refusalOf(request);
    if (refusal) answer(refusal, response);
    else if (request.method === 'GET') answer(questionInPath(request.url as string), response);
    else takeBody(request, QUESTION_BYTES_MAX, (body) => answer(body ?? 413, response));
  }, address);
  return { ...listener, url: `${listener.url}${PATH}` };
}

function refusalOf({ url = '', method, headers }: IncomingMessage): number | undefined {
  if (url !== PATH && !url.startsWith(`${PATH}/`)) return 404;
  if (method === 'GET') return undefined;
  if (method !== 'POST') return 405;
  return headers['content-type'] === 'application/ocsp-request' ? undefined : 415;
}

function questionInPath(url: string): Uint8Array | number {
  try {
    return Buffer.from(decodeURIComponent(url.slice(PATH.length + 1)), 'base64');
  } catch {
    return 400;
  }
}

function reply(response: ServerResponse, answer: Uint8Array): void {
  response.writeHead(200, ['content-type', 'application/ocsp-response', 'content-length', String(answer.length)]);
  response.end(answer);
}
