/**
 * The OpenAPI documents against the servers that they describe: invented and changed requests to every operation, under the right cert, each
 * answer judged by the document alone. What operations answer is given back to the next, so that whole orders come about.
 */
import { digestOf } from '@machikado/pki';
import type { ServicePki } from '@machikado/testkit';
import { chanceFrom } from '@machikado/testkit';
import { codeIn, openRawLine, type RawLine } from '../raw-http.ts';
import { FoundValues, NO_VALUES, type Values } from './found-values.ts';
import { faultsOf } from './judge-reply.ts';
import { type FuzzedRequest, makeRequest } from './make-request.ts';
import { type Operation, readOperations } from './operations.ts';

export interface FuzzTarget {
  /** The name of its document. */
  readonly server: string;
  readonly port: number;
  /** Whose cert to show, by the kind that the document names. */
  readonly peers: Readonly<Record<string, string>>;
}

export interface FuzzPlan {
  readonly seed: number;
  /** Of one request to every operation. */
  readonly rounds: number;
  readonly targets: readonly FuzzTarget[];
  readonly pki: ServicePki;
  /** Messages of ordinary uses, to begin with. */
  readonly uses: readonly unknown[];
}

export interface FuzzReport {
  /** With the request, so that it can be sent again. */
  readonly faults: readonly string[];
  /** How often each answer was heard, by operation and code. */
  readonly heard: ReadonlyMap<string, number>;
}

/** What does much or ends much is done now and then only: once in so many rounds, and not at once. */
const SELDOM: Readonly<Record<string, number>> = { placeOrder: 8, issuerOrder: 30, endSession: 40, cancelOrder: 40 };

export async function fuzzServers({ seed, rounds, targets, pki, uses }: FuzzPlan): Promise<FuzzReport> {
  const chance = chanceFrom(seed);
  const found = new FoundValues(chance, uses);
  const faults: string[] = [];
  const heard = new Map<string, number>();
  const lines = new Map<string, RawLine>();
  const all = targets.flatMap((target) => readOperations(target.server).map((operation) => ({ target, operation })));

  for (let round = 0; round < rounds; round += 1) {
    const use = found.pickUse();
    for (const { target, operation } of all) {
      const done = heard.get(`${operation.id} OK`) ?? 0;
      const mayDo = (done + 0.5) * (SELDOM[operation.id] ?? 0) <= round;
      await askOnce(target, operation, mayDo ? found.valuesOf(use) : NO_VALUES);
    }
  }
  for (const line of lines.values()) line.close();
  return { faults, heard };

  async function askOnce(target: FuzzTarget, operation: Operation, values: Values): Promise<void> {
    const request = makeRequest(operation, values, chance, () => found.stray());
    const startedAt = performance.now();
    const reply = await lineTo(target, operation)
      .ask(request)
      .catch((error: NodeJS.ErrnoException) => String(error.code ?? error.message));
    const wrong =
      typeof reply === 'string'
        ? [`no answer: ${reply}`]
        : faultsOf(operation, request, reply, performance.now() - startedAt);
    faults.push(...wrong.map((fault) => `${target.server} ${operation.id}: ${fault}\n${tellOf(request)}`));
    if (typeof reply === 'string') return;
    count(`${operation.id} ${reply.status === 200 ? 'OK' : codeIn(reply)}`);
    if (reply.status === 200) learnFrom(values, request, JSON.parse(reply.text));
  }

  function lineTo({ server, port, peers }: FuzzTarget, { peer }: Operation): RawLine {
    const name = peers[peer];
    if (name === undefined) throw new RangeError(`nobody is the ${peer} that ${server} hears`);
    const line = lines.get(`${server} ${name}`) ?? openRawLine(port, pki.caFile, pki.peer(name));
    lines.set(`${server} ${name}`, line);
    return line;
  }

  function count(what: string): void {
    heard.set(what, (heard.get(what) ?? 0) + 1);
  }
}

function learnFrom(values: Values, { params, message }: FuzzedRequest, reply: unknown): void {
  const { manifest } = reply as { manifest?: string };
  // A payment names the manifest by its digest: no server gives that away.
  values.learn([params, message, reply, ...(manifest === undefined ? [] : [{ manifestDigest: digestOf(manifest) }])]);
}

/** As it can be sent again by hand. */
function tellOf({ method, path, headers, body }: FuzzedRequest): string {
  const text = body === undefined ? '' : Buffer.from(body).toString();
  return `  ${method} ${path} ${JSON.stringify(headers)} ${JSON.stringify(text.slice(0, 4_000))}`;
}
