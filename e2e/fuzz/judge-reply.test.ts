/** The judge of the fuzzer: each kind of wrong answer is found, and a right one is not. */
import { errorCodes, isErrorCode } from '@machikado/protocol';
import { expect, test } from 'vitest';
import type { RawReply } from '../raw-http.ts';
import { faultsOf } from './judge-reply.ts';
import type { FuzzedRequest } from './make-request.ts';
import { readOperations } from './operations.ts';

const found = readOperations('center').find(({ id }) => id === 'endSession');
if (!found) throw new RangeError('the document of the center has this operation');
const operation = found;
const fitting: FuzzedRequest = {
  ...{ method: 'POST', path: '/', params: {}, message: {}, wellFormed: true, hurried: false },
};
const reply = (status: number, body: unknown): RawReply => ({
  ...{ status, type: 'application/json; charset=utf-8', text: JSON.stringify(body) },
});
const refusal = (status: number, code: string, more = {}) =>
  reply(status, {
    error: { code, retry: isErrorCode(code) ? errorCodes[code].retry : 'never', requestId: '00ff', ...more },
  });
const judge = (answer: RawReply, request: Partial<FuzzedRequest> = {}, tookMs = 1) =>
  faultsOf(operation, { ...fitting, ...request }, answer, tookMs);

test('answers of the document are good answers', () => {
  expect(judge(reply(200, { ok: true }))).toEqual([]);
  expect(judge(refusal(404, 'SESSION_UNKNOWN'))).toEqual([]);
  expect(judge(refusal(400, 'MALFORMED_REQUEST'), { wellFormed: false })).toEqual([]);
  expect(judge(refusal(504, 'DEADLINE_PASSED'), { hurried: true })).toEqual([]);
});

test.each<[string, RawReply, Partial<FuzzedRequest>, number]>([
  ['a status that is not in the document', reply(418, {}), {}, 1],
  ['another type', { ...reply(200, { ok: true }), type: 'text/html' }, {}, 1],
  ['no JSON', { ...reply(200, {}), text: '<html>' }, {}, 1],
  ['a member too many', reply(200, { ok: true, name: 'x' }), {}, 1],
  ['a word beside the code', refusal(404, 'SESSION_UNKNOWN', { detail: 'at login.ts:3' }), {}, 1],
  ['a code that this status does not announce', refusal(404, 'ORDER_UNKNOWN'), {}, 1],
  ['a code that nobody knows', refusal(404, 'GONE_FISHING'), {}, 1],
  ['a breakdown', refusal(500, 'INTERNAL'), {}, 1],
  ['late without hurry', refusal(504, 'DEADLINE_PASSED'), {}, 1],
  ['an answer after its deadline', reply(200, { ok: true }), {}, 60_000],
  ['what fits, refused as malformed', refusal(400, 'MALFORMED_REQUEST'), {}, 1],
  ['what does not fit, taken', reply(200, { ok: true }), { wellFormed: false }, 1],
])('%s is found', (_what, answer, request, tookMs) => {
  expect(judge(answer, request, tookMs).length).toBeGreaterThan(0);
});
