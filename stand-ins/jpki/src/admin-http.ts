/**
 * The counter of the test JPKI, for town and tests: orders cards, renews, revokes. It hands out private keys, so it listens on
 * loopback only, whatever the responder listens on, and takes nothing that a web page could send.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { CardOrder, RenewalOrder, RevocationOrder } from './card-order.ts';
import { type Listener, listen, readBody } from './http-listener.ts';
import { UnknownCert } from './register.ts';
import type { TestJpki } from './test-jpki.ts';

const BODY_BYTES_MAX = 16 * 1024;
const LOOPBACK = '127.0.0.1';

export interface AnchorList {
  /** DER of the roots, base64, oldest first. */
  readonly auth: readonly string[];
  readonly signature: readonly string[];
}

type Route = (body: Buffer | undefined) => Promise<unknown>;
class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function startAdmin(jpki: TestJpki, { port = 0 }: { readonly port?: number } = {}): Promise<Listener> {
  const routes = routesOf(jpki);
  return listen(
    async (request, response) => {
      try {
        send(response, 200, await routeOf(routes, request)(await bodyOf(request)));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        send(response, error.status, { error: error.message });
      }
    },
    { host: LOOPBACK, port },
  );
}

function routesOf(jpki: TestJpki): ReadonlyMap<string, Route> {
  const base64 = (ders: readonly Uint8Array[]) => ders.map((der) => Buffer.from(der).toString('base64'));
  const anchors = (): AnchorList => ({
    auth: base64(jpki.anchors('auth')),
    signature: base64(jpki.anchors('signature')),
  });
  return new Map<string, Route>([
    ['GET /admin/anchors', async () => anchors()],
    ['POST /admin/cards', async (body) => jpki.issueCard(parse(CardOrder, body))],
    [
      'POST /admin/renewals',
      async (body) => {
        const { certs, card } = parse(RenewalOrder, body);
        for (const cert of certs) if (jpki.statusOf(cert).status === 'unknown') throw unknownCert();
        return jpki.renewCard(certs, card);
      },
    ],
    [
      'POST /admin/revocations',
      async (body) => {
        const { cert, reason } = parse(RevocationOrder, body);
        revokeKnown(jpki, cert, reason);
        return jpki.statusOf(cert);
      },
    ],
  ]);
}

function revokeKnown(jpki: TestJpki, ...[cert, reason]: Parameters<TestJpki['revoke']>): void {
  try {
    jpki.revoke(cert, reason);
  } catch (error) {
    throw error instanceof UnknownCert ? unknownCert() : error;
  }
}

const unknownCert = () => new Refusal(404, 'this CA has not issued such a cert');

function routeOf(routes: ReadonlyMap<string, Route>, request: IncomingMessage): Route {
  // A page in a browser could reach loopback by a name of its own; it cannot send this Host or, unasked, this content type.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')) throw new Refusal(403, 'loopback only');
  const route = routes.get(`${request.method} ${request.url}`);
  if (!route) throw new Refusal(404, 'no such endpoint');
  if (request.method === 'POST' && request.headers['content-type'] !== 'application/json') {
    throw new Refusal(415, 'application/json only');
  }
  return route;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const body = await readBody(request, BODY_BYTES_MAX);
  if (!body) throw new Refusal(413, 'body too large');
  return body;
}

function parse<T extends TSchema>(schema: T, body: Buffer | undefined): Static<T> {
  const value = jsonIn(body);
  if (!Value.Check(schema, value)) throw new Refusal(400, 'the body does not follow its schema');
  return value as Static<T>;
}

function jsonIn(body: Buffer | undefined): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    throw new Refusal(400, 'the body is not JSON');
  }
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
