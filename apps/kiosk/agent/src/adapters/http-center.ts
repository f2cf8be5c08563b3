/** The center over mutual TLS. Whatever is no refusal and no sound reply is a lost reply: the request may have been received. */
import { centerEndpoints } from '@machikado/protocol';
import { type Client, TransportError } from '@machikado/server';
import { type Center, type LoginChannel, LostReply } from '../ports.ts';

export function httpCenter(client: Client): Center {
  const call: Client['call'] = (endpoint, options) => orLost(client.call(endpoint, options));
  const e = centerEndpoints;
  return {
    status: () => call(e.status),
    openLogin: async () => httpLogin(client),
    askOffers: (sessionId, body) => call(e.askOffers, { params: { sessionId }, body }),
    placeOrder: (body) => call(e.placeOrder, { body }),
    reportPayment: (orderId, body) => call(e.reportPayment, { params: { orderId }, body }),
    cancelOrder: (orderId, body) => call(e.cancelOrder, { params: { orderId }, body }),
    reportOutcome: (orderId, body) => call(e.reportOutcome, { params: { orderId }, body }),
    endSession: async (sessionId) => {
      await call(e.endSession, { params: { sessionId }, body: {} });
    },
  };
}

function httpLogin(client: Client): LoginChannel {
  const pinned = client.pinned();
  return {
    exporter: () => orLost(pinned.exporter()),
    begin: () => orLost(pinned.call(centerEndpoints.beginSession, { body: {} })),
    prove: (sessionId, body) => orLost(pinned.call(centerEndpoints.proveSession, { params: { sessionId }, body })),
    close: () => pinned.close(),
  };
}

async function orLost<T>(reply: Promise<T>): Promise<T> {
  try {
    return await reply;
  } catch (error) {
    throw error instanceof TransportError ? new LostReply(error.kind, { cause: error }) : error;
  }
}
