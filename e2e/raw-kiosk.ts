/** A kiosk's side of the wire without the agent: for messages that no agent would send. */
import { randomBytes } from 'node:crypto';
import { type CardFile, JpkiClient, VirtualCard, virtualCardTransport } from '@machikado/card';
import { encodeLoginMessage, fromHex } from '@machikado/pki';
import { type Challenge, centerEndpoints, type Offers, type PlaceOrder, type ProvenSession } from '@machikado/protocol';
import { type Client, createClient, type PinnedClient } from '@machikado/server';
import type { Chain } from './open-chain.ts';

export const PIN = '1234';

/** Where the centers are, and who may call them. */
export type RawSite = Pick<Chain, 'centerUrls' | 'pki'>;

export function openClient(chain: RawSite, peer = 'kiosk-1', center = 0): Client {
  return createClient({ baseUrl: chain.centerUrls[center] ?? '', tls: chain.pki.peer(peer) });
}

export async function openCard(file: CardFile): Promise<JpkiClient> {
  const client = new JpkiClient(virtualCardTransport(new VirtualCard(file, () => undefined)));
  await client.select();
  return client;
}

export async function signChallenge(card: JpkiClient, challenge: Challenge, exporter: Uint8Array, pin = PIN) {
  const authCert = await card.readUserAuthCert();
  const answer = await card.verifyPin(new Uint8Array(Buffer.from(pin)));
  if (answer.kind !== 'ok') throw new Error(`the card says ${answer.kind}`);
  const { algorithm, signature } = await card.signLogin(
    encodeLoginMessage({ ...challenge, nonce: challenge.nonce, exporter }),
  );
  return { authCert: base64(authCert), algorithm, signature: base64(signature) };
}

export async function logIn(
  chain: RawSite,
  file: CardFile,
  client = openClient(chain),
): Promise<{ sessionId: string } & ProvenSession> {
  const line: PinnedClient = client.pinned();
  try {
    const challenge = await line.call(centerEndpoints.beginSession, { body: {} });
    const body = await signChallenge(await openCard(file), challenge, await line.exporter());
    const proven = await line.call(centerEndpoints.proveSession, { params: { sessionId: challenge.sessionId }, body });
    return { sessionId: challenge.sessionId, ...proven };
  } finally {
    await line.close();
  }
}

/** An order for the applicant alone, one copy. */
export function orderFor(
  login: { sessionId: string } & ProvenSession,
  offers: Offers,
  orderId = newOrderId(),
): PlaceOrder {
  const [offer] = offers.offers;
  const self = offers.persons.find((person) => person.isSelf);
  if (!offer || !self) throw new Error('nothing is offered');
  return {
    orderId,
    sessionId: login.sessionId,
    lgCode: offers.lgCode,
    proof: login.proof,
    selection: {
      kind: offer.kind,
      scope: 'self',
      personRefs: [self.personRef],
      items: [],
      copies: 1,
      feeYen: offer.feeYen,
    },
  };
}

export const newOrderId = () => randomBytes(16).toString('hex');
export const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
export { fromHex };
