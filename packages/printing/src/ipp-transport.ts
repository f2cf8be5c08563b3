/** Bytes to a printer and back: one POST (RFC 8010 §4). Silence is an `IppUnreachable`: the request may have been received or not. */
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { IPP_MEDIA_TYPE } from './ipp-codes.ts';

export type UnreachableReason = 'timeout' | 'connection' | 'http-status' | 'no-ipp' | 'too-large';

export class IppUnreachable extends Error {
  override readonly name = 'IppUnreachable';
  readonly reason: UnreachableReason;

  constructor(reason: UnreachableReason, options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
  }
}

export interface TransportOptions {
  readonly timeoutMs: number;
  /** PEM of who may have signed the printer’s cert, when it is not one of the machine’s own. */
  readonly ca?: string;
}

export interface IppTransport {
  /** Asks again, once, if a kept connection turns out to be dead. */
  look(body: Uint8Array): Promise<Uint8Array>;
  /** On a connection of its own: nobody may ever wonder whether a job was sent twice. */
  act(body: Uint8Array): Promise<Uint8Array>;
  close(): void;
}

const REPLY_BYTES_MAX = 4 * 1024 * 1024;

export function openIppTransport(url: URL, { timeoutMs, ca }: TransportOptions): IppTransport {
  const secure = url.protocol === 'https:';
  const agent = secure
    ? new HttpsAgent({ keepAlive: true, maxSockets: 2 })
    : new HttpAgent({ keepAlive: true, maxSockets: 2 });
  const post = (body: Uint8Array, kept: boolean) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const headers = { 'content-type': IPP_MEDIA_TYPE, 'content-length': body.length, accept: IPP_MEDIA_TYPE };
    const options = { method: 'POST', agent: kept ? agent : false, headers, signal, ...(ca !== undefined && { ca }) };
    return new Promise<Uint8Array>((resolve, reject) => {
      const request = secure ? requestHttps(url, options) : requestHttp(url, options);
      const fail = (cause: unknown) => {
        if (cause instanceof IppUnreachable) reject(cause);
        else if (signal.aborted) reject(new IppUnreachable('timeout', { cause }));
        else reject(new DeadConnection(kept && request.reusedSocket, { cause }));
      };
      request.on('error', fail);
      request.on('response', (response) => readReply(response).then(resolve, fail));
      request.end(body);
    });
  };
  return {
    look: (body) =>
      post(body, true).catch((error: unknown) => {
        if (error instanceof DeadConnection && error.wasKept) return post(body, true);
        throw error;
      }),
    act: (body) => post(body, false),
    close: () => agent.destroy(),
  };
}

class DeadConnection extends IppUnreachable {
  readonly wasKept: boolean;

  constructor(wasKept: boolean, options: ErrorOptions) {
    super('connection', options);
    this.wasKept = wasKept;
  }
}

async function readReply(response: IncomingMessage): Promise<Uint8Array> {
  if (response.statusCode !== 200) {
    response.resume();
    throw new IppUnreachable('http-status');
  }
  if (!response.headers['content-type']?.startsWith(IPP_MEDIA_TYPE)) {
    response.resume();
    throw new IppUnreachable('no-ipp');
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > REPLY_BYTES_MAX) {
      response.destroy();
      throw new IppUnreachable('too-large');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
