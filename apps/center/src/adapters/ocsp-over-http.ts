/** The OCSP responder at its configured address, never at one that a cert names. */
import { postBytes } from '@machikado/server';
import type { RevocationSource } from '../ports.ts';

const REPLY_BYTES_MAX = 8192;

export function ocspOverHttp(where: () => { readonly url: string; readonly timeoutMs: number }): RevocationSource {
  return {
    ask(ocspRequest, deadline) {
      const { url, timeoutMs } = where();
      return postBytes(url, ocspRequest, 'application/ocsp-request', {
        timeoutMs: Math.ceil(Math.max(1, Math.min(timeoutMs, deadline?.leftMs() ?? timeoutMs))),
        replyBytesMax: REPLY_BYTES_MAX,
        signal: deadline?.signal,
      });
    },
  };
}
