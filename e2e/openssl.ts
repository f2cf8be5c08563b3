/** The `openssl` program at both ends: `s_client`, which tells all about a handshake, and `ocsp` as a JPKI center. */
import { type ChildProcess, spawn } from 'node:child_process';
import { KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaGeneration, IssuedCard } from '@machikado/jpki';
import type { ClientFiles } from './raw-http.ts';

/** Debian’s own settings forbid the old versions of TLS that a test wants to offer. */
const env = { ...process.env, OPENSSL_CONF: '/dev/null' };

export interface Heard {
  readonly exitCode: number | null;
  /** The server’s cert, what was agreed, tickets, and then whatever the server sent. */
  readonly out: string;
  /** How the cert was judged, and alerts. */
  readonly err: string;
}

export interface OpensslCall {
  readonly port: number;
  readonly caFile: string;
  readonly client?: ClientFiles | undefined;
  readonly options?: readonly string[];
  readonly path?: string;
}

/** `openssl s_client` with one GET. It insists on a server of this CA. */
export async function askWithOpenssl(call: OpensslCall): Promise<Heard> {
  const { port, caFile, client, options = [], path = '/v1/status' } = call;
  const own = client ? ['-cert', client.certFile, '-key', client.keyFile] : [];
  const server = ['-connect', `127.0.0.1:${port}`, '-CAfile', caFile, '-verify_return_error'];
  const child = spawn('openssl', ['s_client', '-ign_eof', ...server, ...own, ...options], { env });
  const said = listenTo(child);
  // It may have hung up before it was asked.
  child.stdin.on('error', () => undefined);
  child.stdin.end(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
  const [exitCode] = await once(child, 'close');
  return { exitCode, ...said };
}

export interface OpensslResponder {
  readonly url: string;
  close(): Promise<void>;
}

export interface ResponderPlan {
  readonly dir: string;
  readonly ca: CaGeneration;
  /** The CA itself, or whoever it delegated to. */
  readonly signer: Pick<CaGeneration, 'cert' | 'key'>;
  readonly cards: readonly { readonly card: IssuedCard; readonly revoked?: string }[];
  readonly options?: readonly string[];
}

/** `openssl ocsp -port` over the register of one CA, as its text file has it. It knows no address to listen on but all of them. */
export async function startOpensslResponder(plan: ResponderPlan): Promise<OpensslResponder> {
  const { dir, ca, signer, cards, options = [] } = plan;
  const file = (name: string, content: string) => {
    writeFileSync(join(dir, name), content, { mode: 0o600 });
    return join(dir, name);
  };
  const rows = cards.map(({ card, revoked }) => {
    const [state, since] = revoked ? ['R', `260101000000Z,${revoked}`] : ['V', ''];
    return [state, '360101000000Z', since, card.auth.serial.toUpperCase(), 'unknown', '/CN=card'].join('\t');
  });
  const files = [
    ...['-index', file('index.txt', rows.map((row) => `${row}\n`).join(''))],
    ...['-CA', file('ca.pem', certPem(ca.cert))],
    ...['-rsigner', file('signer.pem', certPem(signer.cert)), '-rkey', file('signer.key', keyPem(signer.key))],
  ];
  const child = spawn('openssl', ['ocsp', '-port', '0', ...files, '-nmin', '10', ...options], { env });
  const said = listenTo(child);
  const accepting = () => /^ACCEPT .*:(\d+) PID=/m.exec(said.out)?.[1];
  while (accepting() === undefined) {
    const [event] = await Promise.race([once(child.stdout, 'data'), once(child, 'close').then(() => [undefined])]);
    if (event === undefined) throw new Error(`openssl ocsp does not start: ${said.err}`);
  }
  return {
    url: `http://127.0.0.1:${accepting()}/`,
    async close() {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

/** What it has written so far. */
function listenTo(child: ChildProcess): { out: string; err: string } {
  const said = { out: '', err: '' };
  child.stdout?.on('data', (text) => {
    said.out += text;
  });
  child.stderr?.on('data', (text) => {
    said.err += text;
  });
  return said;
}

function keyPem(key: CaGeneration['key']): string {
  return KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString();
}

function certPem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
