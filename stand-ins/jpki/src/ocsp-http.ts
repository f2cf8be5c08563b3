/** OCSP over plain HTTP (RFC 6960 appendix A.1): POST with the DER as body, or GET with it in base64 as the rest of the path. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Address, type Listener, listen, readBody } from './http-listener.ts';
import type { OcspResponder } from './ocsp-responder.ts';

const PATH = '/ocsp';
const QUESTION_BYTES_MAX = 4096;

export async function startResponder(respond: OcspResponder, address: Address = {}): Promise<Listener> {
  const listener = await listen(async (request, response) => {
    const question = await questionIn(request);
    if (typeof question === 'number') response.writeHead(question, { connection: 'close' }).end();
    else reply(response, respond(question));
  }, address);
  return { ...listener, url: `${listener.url}${PATH}` };
}

/** The question, or the HTTP status that says why there is none. */
async function questionIn(request: IncomingMessage): Promise<Uint8Array | number> {
  const path = request.url ?? '';
  if (path !== PATH && !path.startsWith(`${PATH}/`)) return 404;
  if (request.method === 'GET') return questionInPath(path.slice(PATH.length + 1));
  if (request.method !== 'POST') return 405;
  if (request.headers['content-type'] !== 'application/ocsp-request') return 415;
  return (await readBody(request, QUESTION_BYTES_MAX)) ?? 413;
}

function questionInPath(text: string): Uint8Array | number {
  try {
    return Buffer.from(decodeURIComponent(text), 'base64');
  } catch {
    return 400;
  }
}

function reply(response: ServerResponse, answer: Uint8Array): void {
  response.writeHead(200, ['content-type', 'application/ocsp-response', 'content-length', String(answer.length)]);
  response.end(answer);
}
