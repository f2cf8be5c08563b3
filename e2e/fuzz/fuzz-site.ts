/**
 * The public side of the 問い合わせサイト under forms that its OpenAPI document describes, that it does not, and that are none. What its processes would
 * find out about an upload is played, one finding after the other, so that each kind of answer comes up.
 */
import { chanceFrom, damagedBytes } from '@machikado/testkit';
import { inventedFinding } from '../../apps/verification/src/testing/invented-finding.ts';
import type { RawReply } from '../raw-http.ts';
import { changeMessage } from './change-message.ts';
import type { FuzzReport } from './fuzz-servers.ts';
import { codeOf, faultsOf } from './judge-reply.ts';
import { type Operation, readOperations } from './operations.ts';
import { fits, invent } from './schemas.ts';

type Chance = (below: number) => number;

const { sha256: _digest, dpi: _dpi, ...front } = inventedFinding.picture;
const place = { xMm: 10, yMm: 20.5, wMm: 3, hMm: 4, kind: 'added' };
const compared = [
  { verdict: 'same', comparedPercent: 100, differences: [], front },
  { verdict: 'differs', comparedPercent: 97, differences: [place] },
  { verdict: 'cannot-tell', comparedPercent: 3, differences: [], doubt: 'TOO_PALE' },
];
export const playedFindings = [
  inventedFinding,
  ...compared.map((comparison) => ({ ...inventedFinding, comparison })),
  { refused: 'NOT_FOUND', cornersFound: 2 },
  { refused: 'SIGNATURE_INVALID' },
];

export async function fuzzSite(url: string, seed: number, rounds: number): Promise<FuzzReport> {
  const chance = chanceFrom(seed);
  const faults: string[] = [];
  const heard = new Map<string, number>();
  for (let round = 0; round < rounds; round += 1)
    for (const operation of readOperations('verification-public')) {
      const request = makeUpload(operation, chance);
      const startedAt = performance.now();
      const reply = await ask(url + operation.path, operation.method, request);
      const wrong = faultsOf(operation, request, reply, performance.now() - startedAt);
      const sent = request.body ? Buffer.from(request.body).toString().slice(0, 4_000) : '';
      faults.push(...wrong.map((fault) => `${operation.id}: ${fault}\n  ${request.type} ${JSON.stringify(sent)}`));
      const what = `${operation.id} ${codeOf(operation, reply)}`;
      heard.set(what, (heard.get(what) ?? 0) + 1);
    }
  return { faults, heard };
}

interface UploadRequest {
  readonly type: string;
  readonly body?: Uint8Array;
  readonly wellFormed: boolean | 'unknown';
  readonly hurried: false;
}

async function ask(url: string, method: string, { type, body }: UploadRequest): Promise<RawReply> {
  const reply = await fetch(url, { method, ...(body && { body, headers: { 'content-type': type } }) });
  return { status: reply.status, type: reply.headers.get('content-type') ?? undefined, text: await reply.text() };
}

/** For the site of these tests. */
export const UPLOAD_BYTES = 100_000;
const TOO_MUCH = UPLOAD_BYTES + 50_000;
const BOUNDARY = 'the-end-of-a-part';
const FORM_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;
const OTHER_TYPES = ['multipart/form-data', 'multipart/mixed; boundary=x', 'application/json', 'text/plain', 'x'];
const CORNERS = [
  [0.1, 0.1],
  [0.9, 0.1],
  [0.9, 0.9],
  [0.1, 0.9],
];

/** Half fit, the rest is changed at a place or damaged on the wire. */
function makeUpload({ body: schema }: Operation, chance: Chance): UploadRequest {
  if (!schema) return { type: '', wellFormed: true, hurried: false };
  const kind = chance(10);
  const invented = invent(schema, chance(2 ** 31)) as Record<string, unknown>;
  // Four pairs of numbers are hardly ever met with by chance.
  let form: unknown =
    chance(3) > 0 ? { ...invented, ...(invented.corners !== undefined && { corners: CORNERS }) } : invented;
  if (chance(12) === 0) form = { back: ['x'.repeat(TOO_MUCH)] };
  for (let times = kind < 5 || kind === 9 ? 0 : 1 + chance(2); times > 0; times -= 1)
    form = changeMessage(form, chance, () => CORNERS);
  const { bytes, sent } = partsOf(form, chance);
  const isDamaged = kind === 9;
  return {
    type: isDamaged && chance(2) === 0 ? (OTHER_TYPES[chance(OTHER_TYPES.length)] ?? '') : FORM_TYPE,
    body: isDamaged ? damagedBytes(bytes, chance(2 ** 31)) : bytes,
    wellFormed: isDamaged ? 'unknown' : fits(schema, sent),
    hurried: false,
  };
}

/** A text in a list is a file; everything else is a field, written as JSON. Nothing at all of a list that is empty. */
function partsOf(form: unknown, chance: Chance): { bytes: Uint8Array; sent: Record<string, unknown> } {
  const sent: [name: string, value: unknown][] = [];
  const parts: string[] = [];
  for (const [name, value] of Object.entries(form ?? {})) {
    const isFiles = name !== 'corners' && Array.isArray(value) && value.every((one) => typeof one === 'string');
    if (isFiles && value.length === 0) continue;
    const read: unknown = JSON.parse(JSON.stringify(value ?? null));
    sent.push([name, read]);
    const head = `content-disposition: form-data; name="${name.replaceAll(/[\r\n"]/g, encodeURIComponent)}"`;
    const json = chance(2) === 0 ? '\r\ncontent-type: application/json' : '';
    if (isFiles) parts.push(...value.map((one) => `${head}; filename="scan"\r\n\r\n${one}`));
    else parts.push(`${head}${json}\r\n\r\n${JSON.stringify(read)}`);
  }
  const text = parts.map((part) => `--${BOUNDARY}\r\n${part}\r\n`).join('');
  return { bytes: Buffer.from(`${text}--${BOUNDARY}--\r\n`), sent: Object.fromEntries(sent) };
}
