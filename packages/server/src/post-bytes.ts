/** One POST of bytes for bytes: OCSP (RFC 6960 appendix A), whose answers carry their own signature. */
import { request } from 'undici';
import { TransportError, toTransportError } from './transport-error.ts';

export interface PostBytesOptions {
  readonly timeoutMs: number;
  /** Default 64 KB. */
  readonly replyBytesMax?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export async function postBytes(
  url: string,
  bytes: Uint8Array,
  contentType: string,
  options: PostBytesOptions,
): Promise<Uint8Array> {
  const { timeoutMs, replyBytesMax = 64 * 1024, signal } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await request(url, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body: bytes,
      signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
    });
    const parts: Buffer[] = [];
    let size = 0;
    for await (const part of response.body as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > replyBytesMax) throw new TransportError('bad-reply', true);
      parts.push(part);
    }
    if (response.statusCode !== 200) throw new TransportError('bad-reply', true);
    return new Uint8Array(Buffer.concat(parts));
  } catch (error) {
    throw toTransportError(error);
  }
}
