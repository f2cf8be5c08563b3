/** The registry over its wire (RG-…). Whatever goes wrong on the way means that there is no record to speak of. */
import { ProtocolError, registryEndpoints } from '@machikado/protocol';
import { type Client, TransportError } from '@machikado/server';
import type { Registry } from '../ports.ts';

/** One client for each municipality: registries are different systems in different towns. */
export function createRegistryClient(clients: ReadonlyMap<string, Client>): Registry {
  return {
    readRecord: (body, deadline) =>
      orUnavailable(clientOf(body.lgCode).call(registryEndpoints.readRecord, { body, deadline })),
    readFeed: (body) => orUnavailable(clientOf(body.lgCode).call(registryEndpoints.readFeed, { body })),
    readStatusDigest: (body) => orUnavailable(clientOf(body.lgCode).call(registryEndpoints.readStatusDigest, { body })),
  };

  function clientOf(lgCode: string): Client {
    const client = clients.get(lgCode);
    if (!client) throw new RangeError('no registry is set up for this municipality');
    return client;
  }
}

const PASSED_ON = new Set(['RECORD_CHANGED', 'DEADLINE_PASSED', 'NOT_REGISTERED']);

async function orUnavailable<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ProtocolError && PASSED_ON.has(error.code)) throw error;
    if (error instanceof ProtocolError || error instanceof TransportError) {
      throw new ProtocolError('REGISTRY_UNAVAILABLE', 'the registry gave no usable answer', { cause: error });
    }
    throw error;
  }
}
