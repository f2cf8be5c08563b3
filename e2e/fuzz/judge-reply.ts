/** Whether an answer is one that the document foretells for this request. What is wrong comes out in words; nothing is as it should be. */
import { isSiteError, siteErrors } from '@machikado/protocol';
import { codeIn, type RawReply } from '../raw-http.ts';
import type { FuzzedRequest } from './make-request.ts';
import type { Operation } from './operations.ts';
import { misfitOf } from './schemas.ts';

/** Beyond the deadline that the document names; nobody has so much to do here. */
const LATE_MS = 5_000;
/** What the size of a body has in common with its form: it is looked at first. */
const UNREAD = ['BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'TOO_LARGE'];
/** Beside the others, an upload of nothing and one of too much. */
const MISFITS = [
  'MALFORMED_REQUEST',
  'NO_SUCH_ENDPOINT',
  'MALFORMED_UPLOAD',
  'NO_PICTURE',
  'TOO_MANY_PICTURES',
  ...UNREAD,
];

export function faultsOf(
  operation: Operation,
  request: Pick<FuzzedRequest, 'wellFormed' | 'hurried'>,
  reply: RawReply,
  tookMs: number,
): string[] {
  const { status, type, text } = reply;
  const told = operation.replies.get(status);
  if (!told) return [`${status} is not in the document: ${text.slice(0, 200)}`];
  const faults = type === `${told.type}; charset=utf-8` ? [] : [`it is ${type}`];
  const answer = answerIn(told.type, text);
  const misfit = misfitOf(told.schema, jsonOf(answer));
  if (misfit) faults.push(`${status} with a body that does not fit: ${misfit}`);
  if (tookMs > operation.deadlineMs + LATE_MS)
    faults.push(`${Math.round(tookMs)} ms for a deadline of ${operation.deadlineMs} ms`);
  const code = codeOf(operation, reply);
  // Also finds every word beside the code, the retry and the id.
  if (status !== 200 && !told.description.includes(`${code}: `)) faults.push(`${status} does not announce: ${code}`);
  if (status >= 500 && !(code === 'DEADLINE_PASSED' && request.hurried))
    faults.push(`${code}, and nothing here is broken`);
  return [...faults, ...misreadings(request, code)];
}

/** OK, or the code of a refusal that says nothing else. */
export function codeOf({ peer }: Pick<Operation, 'peer'>, reply: RawReply): string {
  if (reply.status === 200) return 'OK';
  return peer === 'anybody' ? siteCodeIn(reply) : codeIn(reply);
}

function siteCodeIn({ status, type, text }: RawReply): string {
  const answer = answerIn(type?.split(';')[0] ?? '', text);
  const [, code = ''] = /^\{"error":\{"code":"([A-Z_]+)"(?:,"cornersFound":[0-4])?\}\}$/.exec(answer) ?? [];
  return isSiteError(code) && siteErrors[code].http === status ? code : `${status} ${text.slice(0, 200)}`;
}

function answerIn(type: string, text: string): string {
  if (type !== 'text/html') return text;
  return /<script type="application\/json" id="answer">([^<]*)<\/script>/.exec(text)?.[1] ?? '';
}

function misreadings({ wellFormed }: Pick<FuzzedRequest, 'wellFormed'>, code: string): string[] {
  if (wellFormed === true && ['MALFORMED_REQUEST', 'MALFORMED_UPLOAD'].includes(code))
    return ['refused as malformed, and it fits'];
  return wellFormed === false && !MISFITS.includes(code) ? [`it does not fit, and the answer is ${code}`] : [];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
