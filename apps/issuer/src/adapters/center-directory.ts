/** The center’s directory; of several centers on one database the first that answers is enough. */
import { centerEndpoints } from '@machikado/protocol';
import { type Client, TransportError } from '@machikado/server';
import type { Directory } from '../ports.ts';

export function createCenterDirectory(centers: readonly Client[]): Directory {
  return {
    async publish(body) {
      let failure: unknown;
      for (const center of centers) {
        try {
          await center.call(centerEndpoints.publishDirectory, { body });
          return;
        } catch (error) {
          if (!(error instanceof TransportError)) throw error;
          failure = error;
        }
      }
      throw failure;
    },
  };
}
