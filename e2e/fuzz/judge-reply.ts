/** Whether an answer is one that the document foretells for this request. What is wrong comes out in words; nothing is as it should be. */
import { codeIn, type RawReply } from '../raw-http.ts';
import type { FuzzedRequest } from './make-request.ts';
import type { Operation } from './operations.ts';
import { misfitOf } from './schemas.ts';

/** Beyond the deadline that the document names; nobody has so much to do here. */
const LATE_MS = 5_000;
/** What the size of a body has in common with its form: it is looked at first. */
const UNREAD = ['BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'];

export function faultsOf(operation: Operation, request: FuzzedRequest, reply: RawReply, tookMs: number): string[] {
  const { status, type, text } = reply;
  const told = operation.replies.get(status);
  if (!told) return [`${status} is not in the document: ${text.slice(0, 200)}`];
  const faults = type === 'application/json; charset=utf-8' ? [] : [`it is ${type}`];
  const misfit = misfitOf(told.schema, jsonOf(text));
  if (misfit) faults.push(`${status} with a body that does not fit: ${misfit}`);
  if (tookMs > operation.deadlineMs + LATE_MS)
    faults.push(`${Math.round(tookMs)} ms for a deadline of ${operation.deadlineMs} ms`);
  const code = status === 200 ? 'OK' : codeIn(reply);
  // Also finds every word beside the code, the retry and the id.
  if (status !== 200 && !told.description.includes(`${code}: `)) faults.push(`${status} does not announce: ${code}`);
  if (status >= 500 && !(code === 'DEADLINE_PASSED' && request.hurried))
    faults.push(`${code}, and nothing here is broken`);
  return [...faults, ...misreadings(request, code)];
}

function misreadings({ wellFormed }: FuzzedRequest, code: string): string[] {
  if (wellFormed === true && code === 'MALFORMED_REQUEST') return ['refused as malformed, and it fits'];
  const asMalformed = ['MALFORMED_REQUEST', 'NO_SUCH_ENDPOINT', ...UNREAD].includes(code);
  return wellFormed === false && !asMalformed ? [`it does not fit, and the answer is ${code}`] : [];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
