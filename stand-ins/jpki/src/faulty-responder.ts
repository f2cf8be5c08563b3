/**
 * TEST HELPER, used by no running part: an OCSP responder that misbehaves on demand, each way one row of the fault table. Without a
 * fault it answers like the real one.
 */
import { KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorOcspResponse, isUnderAnchor, parseOcspRequest, signOcspResponse } from '@machikado/pki';
import type { OcspSigner } from './hierarchy.ts';
import { type Address, type Listener, listen, readBody } from './http-listener.ts';
import { createOcspResponder } from './ocsp-responder.ts';
import type { TestJpki } from './test-jpki.ts';

export type OcspFault =
  /** Answers well, but only after a while. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** Signed by the right key for the right question, with times of long ago. */
  | { readonly kind: 'old'; readonly ageMs: number }
  /** Good for everybody, signed by a delegate of another hierarchy with the same DN. */
  | { readonly kind: 'foreign'; readonly other: TestJpki }
  | { readonly kind: 'wrong-nonce' }
  | { readonly kind: 'no-nonce' }
  | { readonly kind: 'try-later' }
  | { readonly kind: 'garbage' }
  | { readonly kind: 'http-error' }
  /** Takes the question and closes the connection. */
  | { readonly kind: 'drops' };

export interface FaultyResponder extends Listener {
  /** From the next question on; undefined = behave. */
  play(fault: OcspFault | undefined): void;
  questionCount(): number;
}

export async function startFaultyResponder(
  jpki: TestJpki,
  { now, ...address }: Address & { readonly now: () => Date },
): Promise<FaultyResponder> {
  const behave = createOcspResponder(jpki, { signer: 'p256', now });
  let fault: OcspFault | undefined;
  let questions = 0;
  const ended = new AbortController();
  const listener = await listen(async (request, response) => {
    questions += 1;
    const playing = fault;
    const question = (await readBody(request, 4096)) ?? Buffer.alloc(0);
    if (playing?.kind === 'drops') return void request.socket.destroy();
    if (playing?.kind === 'http-error') return void response.writeHead(503).end();
    if (playing?.kind === 'slow') await sleep(playing.delayMs, undefined, { signal: ended.signal });
    const answer = playing ? misbehave(playing, question, jpki, behave, now) : behave(question);
    response
      .writeHead(200, { 'content-type': 'application/ocsp-response', 'content-length': answer.length })
      .end(answer);
  }, address);
  return {
    url: `${listener.url}/ocsp`,
    close: () => {
      ended.abort();
      return listener.close();
    },
    play: (next) => {
      fault = next;
    },
    questionCount: () => questions,
  };
}

function misbehave(
  fault: OcspFault,
  question: Uint8Array,
  jpki: TestJpki,
  behave: (question: Uint8Array) => Uint8Array,
  now: () => Date,
): Uint8Array {
  switch (fault.kind) {
    case 'old':
      return allGood(question, jpki, { at: new Date(now().getTime() - fault.ageMs) });
    case 'foreign':
      return allGood(question, jpki, { at: now(), signer: fault.other.generations[0]?.signers.p256 });
    case 'wrong-nonce':
      return allGood(question, jpki, { at: now(), nonce: (asked) => asked?.map((byte) => byte ^ 0xff) });
    case 'no-nonce':
      return allGood(question, jpki, { at: now(), nonce: () => undefined });
    case 'try-later':
      return errorOcspResponse('tryLater');
    case 'garbage':
      return Uint8Array.from([0x30, 0x03, 0x0a, 0x01]);
    default:
      return behave(question);
  }
}

interface Forgery {
  readonly at: Date;
  readonly signer?: OcspSigner | undefined;
  readonly nonce?: (asked: Uint8Array | undefined) => Uint8Array | undefined;
}

/** Says good to everything asked. */
function allGood(question: Uint8Array, jpki: TestJpki, { at, signer, nonce = (asked) => asked }: Forgery): Uint8Array {
  const asked = parseOcspRequest(question);
  const own = jpki.generations.find(({ anchor }) => asked.certIds.every((id) => isUnderAnchor(id, anchor)));
  const by = signer ?? own?.signers.p256;
  if (!by) return errorOcspResponse('unauthorized');
  const given = nonce(asked.nonce);
  return signOcspResponse({
    responses: asked.certIds.map((certId) => ({
      certId,
      status: 'good' as const,
      thisUpdate: at,
      nextUpdate: new Date(at.getTime() + 600_000),
    })),
    producedAt: at,
    ...(given && { nonce: given }),
    signer: { cert: by.cert, privateKey: KeyObject.from(by.key) },
  });
}
