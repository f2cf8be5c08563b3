/** Requests as no client of ours would make them: any method, path, headers and bytes, with any client cert or none. */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { connect } from 'node:tls';
import { errorCodes, isErrorCode } from '@machikado/protocol';

export interface ClientFiles {
  readonly keyFile: string;
  readonly certFile: string;
}

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface RawReply {
  readonly status: number;
  readonly type: string | undefined;
  readonly text: string;
}

export interface RawLine {
  ask(request: RawRequest): Promise<RawReply>;
  /** Bytes that need not be HTTP; answers with everything that came back. */
  write(bytes: string): Promise<string>;
  close(): void;
}

export function openRawLine(port: number, caFile: string, client?: ClientFiles): RawLine {
  const tls = {
    ...{ host: '127.0.0.1', port, ca: readFileSync(caFile) },
    ...(client && { key: readFileSync(client.keyFile), cert: readFileSync(client.certFile) }),
  };
  const agent = new Agent({ ...tls, keepAlive: true, maxSockets: 8 });
  return {
    ask: ({ method, path, headers = {}, body }) =>
      new Promise((resolve, reject) => {
        const framed = { ...(body !== undefined && lengthOf(body, headers)), ...headers };
        const asking = request({ ...tls, agent, method, path, headers: framed }, (reply) => {
          const parts: Buffer[] = [];
          reply.on('data', (part: Buffer) => parts.push(part));
          const type = reply.headers['content-type'];
          reply.on('end', () =>
            resolve({ status: reply.statusCode ?? 0, type, text: Buffer.concat(parts).toString() }),
          );
          reply.on('error', reject);
        });
        asking.on('error', reject);
        asking.end(body);
      }),
    write: (bytes) =>
      new Promise((resolve, reject) => {
        const parts: Buffer[] = [];
        const socket = connect(tls, () => socket.write(bytes));
        socket.on('data', (part: Buffer) => parts.push(part));
        socket.on('error', reject);
        socket.on('close', () => resolve(Buffer.concat(parts).toString()));
      }),
    close: () => agent.destroy(),
  };
}

/** Node leaves out the length of a body where it expects none, and then the body would be taken for the next request. */
function lengthOf(body: string | Uint8Array, headers: Readonly<Record<string, string>>): Record<string, string> {
  return 'transfer-encoding' in headers ? {} : { 'content-length': String(Buffer.byteLength(body)) };
}

/** The code of a refusal that says nothing else; anything that is not exactly that is handed back as it is. */
export function codeIn({ status, text }: Pick<RawReply, 'status' | 'text'>): string {
  const [, code = '', retry] =
    /^\{"error":\{"code":"([A-Z_]+)","retry":"([a-z-]+)","requestId":"[0-9a-f]*"\}\}$/.exec(text) ?? [];
  const row = isErrorCode(code) ? errorCodes[code] : undefined;
  return row?.http === status && row.retry === retry ? code : `${status} ${text.slice(0, 200)}`;
}
