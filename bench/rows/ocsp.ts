/**
 * OCSP answers of the JPKI stand-in against `openssl ocsp`, each asked over HTTP by the same asker: signed for one question with RSA-2048 and with P-256, and
 * signed beforehand. openssl signs each answer anew and takes one connection for each; ours keeps connections.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAdminClient } from '@machikado/jpki';
import { buildOcspRequest, parseAnchor } from '@machikado/pki';
import { freePorts } from '@machikado/testkit';
import { type Service, startService } from '@machikado/town';
import { aCoreSecond, byTurns, type Line, manyAtOnce } from '../compare.ts';
import { processorMsOf } from '../processor-time.ts';

/** Enough for the books, which tick in hundredths of a second, and for a process that has long been running. */
const QUESTIONS = 5_000;
/** An answer signed beforehand takes a tenth of the time, which the books would round. */
const PRESIGNED_QUESTIONS = 30_000;
/** A responder at work finds several questions waiting. */
const AT_ONCE = 8;
const kinds = { rsa: 'RSA-2048', p256: 'P-256' } as const;
type Kind = keyof typeof kinds;

interface Responder {
  readonly pid: number;
  readonly url: string;
  readonly question: (nonce?: Uint8Array) => Uint8Array;
  readonly agent: Agent;
  close(): Promise<void>;
}

export async function ocsp(rounds: number): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), 'machikado-bench-ocsp-'));
  const open: Responder[] = [];
  const opened = async (responder: Promise<Responder>) => {
    open.push(await responder);
    return responder;
  };
  try {
    const rsa = await opened(ourResponder(folder, 'rsa'));
    const p256 = await opened(ourResponder(folder, 'p256'));
    const ours = {
      rsa: () => answers(rsa, randomBytes(32)),
      p256: () => answers(p256, randomBytes(32)),
      presigned: () => answers(rsa),
    };
    const theirs = hasOpenssl()
      ? { rsa: await opened(opensslResponder(folder, 'rsa')), p256: await opened(opensslResponder(folder, 'p256')) }
      : undefined;
    const mute = async () => Number.NaN;
    const rates = await byTurns(rounds, {
      ...ours,
      opensslRsa: theirs ? () => answers(theirs.rsa, randomBytes(32)) : mute,
      opensslP256: theirs ? () => answers(theirs.p256, randomBytes(32)) : mute,
    });
    const peer = (name: string, rates: readonly number[]): Line['peer'] =>
      theirs ? { name, rounds: rates } : { name, missing: 'openssl is not installed' };
    const line = (what: string, ours: readonly number[], beside: Line['peer'], aim?: number): Line => ({
      ...{ what: `OCSP answers, ${what}`, unit: 'a core-second', ours, peer: beside },
      ...(aim !== undefined && { aim }),
    });
    const byRsa = peer('openssl ocsp, RSA live', rates.opensslRsa);
    return [
      line('RSA live', rates.rsa, byRsa, 0.9),
      line('P-256 live', rates.p256, byRsa, 3),
      line('P-256 live', rates.p256, peer('openssl ocsp, P-256 live', rates.opensslP256)),
      line('pre-signed', rates.presigned, byRsa, 9),
    ];
  } finally {
    for (const responder of open) await responder.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function answers({ pid, url, question, agent }: Responder, nonce?: Uint8Array): Promise<number> {
  const body = question(nonce);
  const count = nonce ? QUESTIONS : PRESIGNED_QUESTIONS;
  return aCoreSecond(
    count,
    () => processorMsOf(pid),
    () => manyAtOnce(count, AT_ONCE, () => ask(url, body, agent)),
  );
}

function ask(url: string, body: Uint8Array, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/ocsp-request', 'content-length': body.length };
    const asked = request(url, { method: 'POST', agent, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      // The second field of an OCSPResponse is its status: 0 is successful.
      response.on('end', () => (isSuccessful(Buffer.concat(parts)) ? resolve() : reject(new Error('no OCSP answer'))));
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

const isSuccessful = (answer: Buffer): boolean => answer.subarray(0, 16).includes(Buffer.from('0a0100', 'hex'));

async function ourResponder(folder: string, kind: Kind): Promise<Responder> {
  const service: Service = await startService(
    `jpki-${kind}`,
    'stand-ins/jpki/src/main.ts',
    ['--dir', join(folder, 'jpki'), '--signer', kind],
    join(folder, 'log'),
  );
  const admin = createAdminClient(String(service.ready.adminUrl));
  const { auth } = await admin.issueCard({ issuedBy: '99001', birthday: '02-17', withoutSignatureCert: true });
  const anchors = (await admin.anchors()).auth.map((der) => parseAnchor(Buffer.from(der, 'base64')));
  const anchor = anchors.find(({ fingerprint }) => fingerprint === auth.anchorFingerprint);
  if (!anchor) throw new Error('the card was issued under no anchor');
  return {
    pid: service.process.pid ?? 0,
    url: String(service.ready.ocspUrl),
    question: (nonce) => buildOcspRequest({ anchor, serial: auth.serial, hash: 'sha256', ...(nonce && { nonce }) }),
    agent: new Agent({ keepAlive: true }),
    close: service.stop,
  };
}

/** A CA with one cert in its index, and a responder that signs with a key of the CA’s own. */
async function opensslResponder(folder: string, kind: Kind): Promise<Responder> {
  const at = (name: string) => join(folder, `openssl-${kind}-${name}`);
  const usage = ['-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
  const key = kind === 'rsa' ? ['-newkey', 'rsa:2048'] : ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-nodes', ...key, '-subj', '/CN=bench CA', '-days', '9', ...usage],
      '-keyout',
      at('key.pem'),
      '-out',
      at('ca.pem'),
    ],
    { stdio: 'ignore' },
  );
  writeFileSync(at('index.txt'), 'V\t491231235959Z\t\t01AB\tunknown\t/CN=somebody\n');
  const [port = 0] = await freePorts(1);
  const responder = spawn(
    'openssl',
    [
      ...['ocsp', '-port', String(port), '-index', at('index.txt'), '-CA', at('ca.pem')],
      ...['-rsigner', at('ca.pem'), '-rkey', at('key.pem'), '-ignore_err'],
    ],
    { stdio: 'ignore' },
  );
  const anchor = parseAnchor(new Uint8Array(new X509Certificate(readFileSync(at('ca.pem'))).raw));
  const made: Responder = {
    pid: responder.pid ?? 0,
    url: `http://127.0.0.1:${port}/`,
    question: (nonce) => buildOcspRequest({ anchor, serial: '01ab', hash: 'sha1', ...(nonce && { nonce }) }),
    agent: new Agent({ keepAlive: false }),
    close: () => ended(responder),
  };
  await untilItAnswers(made);
  return made;
}

async function untilItAnswers({ url, question, agent }: Responder): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask(url, question(), agent);
    } catch (error) {
      if (tries === 100) throw error;
      await sleep(100);
    }
  }
}

function ended(program: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    program.once('exit', () => resolve());
    program.kill();
  });
}

const hasOpenssl = (): boolean => spawnSync('openssl', ['version']).status === 0;
