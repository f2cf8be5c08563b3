/**
 * Writes docs/protocol/examples from one real use of the chain: `node --import tsx e2e/record-examples.ts`. Long bytes are cut
 * short; everything else is as it went over the wire. examples.test.ts holds the files to the schemas.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { digestOf } from '@machikado/pki';
import { centerEndpoints, type Endpoint, errorCodes, ProtocolError } from '@machikado/protocol';
import type { Caller } from '@machikado/server';
import { openChain } from './open-chain.ts';
import { newOrderId, openCard, openClient, orderFor, signChallenge } from './raw-kiosk.ts';

const folder = fileURLToPath(new URL('../docs/protocol/examples/', import.meta.url));
mkdirSync(folder, { recursive: true });
let number = 0;

const chain = await openChain();
const client = openClient(chain);
const line = client.pinned();
try {
  const card = await chain.orderCard('990019', 'family-head');
  const guarded = await chain.orderCard('990019', 'protected');
  await chain.passTheNight();
  await record(client, centerEndpoints.status, {});
  const login = await logIn(card.file);
  const at = { sessionId: login.sessionId };
  const offers = await record(client, centerEndpoints.askOffers, {
    params: at,
    body: { lgCode: '990019', proof: login.proof },
  });
  const order = orderFor(login, offers as never);
  const sealed = await record(client, centerEndpoints.placeOrder, { body: order });
  const path = { orderId: order.orderId };
  const payment = { depositYen: 500, manifestDigest: digestOf(sealed.manifest) };
  await record(client, centerEndpoints.reportPayment, { params: path, body: payment });
  const outcome = {
    copies: [{ copy: 1, outcome: 'output', sheetsOut: 1 }],
    refundedYen: 0,
    refundPayableYen: 0,
    changePayableYen: 0,
  };
  await record(client, centerEndpoints.reportOutcome, { params: path, body: outcome as never });
  await record(client, centerEndpoints.endSession, { params: at, body: {} });

  const second = client.pinned();
  const challenge = await second.call(centerEndpoints.beginSession, { body: {} });
  const proof = await signChallenge(await openCard(guarded.file), challenge, await second.exporter());
  const proven = await second.call(centerEndpoints.proveSession, {
    params: { sessionId: challenge.sessionId },
    body: proof,
  });
  const session = { sessionId: challenge.sessionId, ...proven };
  const offered = await client.call(centerEndpoints.askOffers, {
    params: { sessionId: challenge.sessionId },
    body: { lgCode: '990019', proof: proven.proof },
  });
  await record(client, centerEndpoints.placeOrder, { body: orderFor(session, offered, newOrderId()) });
  await second.close();
} finally {
  await Promise.all([line.close(), client.close()]);
  await chain.close();
}

async function logIn(file: Parameters<typeof openCard>[0]) {
  const challenge = await record(line, centerEndpoints.beginSession, { body: {} });
  const body = await signChallenge(await openCard(file), challenge, await line.exporter());
  const proven = await record(line, centerEndpoints.proveSession, { params: { sessionId: challenge.sessionId }, body });
  return { sessionId: challenge.sessionId, ...proven };
}

// biome-ignore lint/suspicious/noExplicitAny: one recorder for every endpoint; the files are held to the schemas afterwards
async function record(caller: Caller, endpoint: Endpoint, options: any): Promise<any> {
  number += 1;
  const request = { id: endpoint.id, method: endpoint.method, path: endpoint.path, ...options };
  const write = (reply: object) =>
    writeFileSync(
      `${folder}${String(number).padStart(2, '0')}-${endpoint.id.toLowerCase()}.json`,
      `${JSON.stringify(shorten({ request, ...reply }), null, 2)}\n`,
    );
  try {
    const reply = await caller.call(endpoint, options);
    write({ status: 200, reply });
    return reply;
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const { http: status, retry } = errorCodes[error.code];
    write({ status, reply: { error: { code: error.code, retry, requestId: '5f0c2f6d9a3b4e1c' } } });
    return undefined;
  }
}

/** Bytes in base64 are cut to a length that is still base64; signed statements keep their three parts. */
function shorten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shorten);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shorten(inner)]));
  }
  if (typeof value !== 'string' || value.length <= 96) return value;
  const parts = value.split('.');
  return parts.length === 3 ? parts.map((part) => part.slice(0, 48)).join('.') : value.slice(0, 64);
}
