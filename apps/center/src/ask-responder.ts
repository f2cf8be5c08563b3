/** One question to the responder of the JPKI center, and what its answer says about the responder itself. */
import { checkRevocation, OcspError, type RevocationQuestion } from '@machikado/pki';
import { centerEndpoints } from '@machikado/protocol';
import type { Center, Deadline } from './ports.ts';

/** Enough, however long the responder may take. Silence after less than its time proves nothing, so no kiosk can have it count as away. */
const PATIENCE_MS = centerEndpoints.proveSession.deadlineMs / 2;

/** Throws OcspError when there is no usable answer. */
export async function askResponder(
  center: Center,
  about: Pick<RevocationQuestion, 'anchor' | 'serial' | 'nonce'>,
  deadline?: Deadline,
): ReturnType<typeof checkRevocation> {
  const { ocspMaxAgeMs: maxAgeMs, ocspSkewMs: skewMs, ocspTimeoutMs } = center.settings().jpki;
  const hasItsTime = !deadline || deadline.leftMs() >= Math.min(ocspTimeoutMs, PATIENCE_MS);
  try {
    const answer = await checkRevocation(
      { ...about, maxAgeMs, skewMs },
      { fetchOcsp: (request) => center.revocation.ask(request, deadline), now: () => center.machineClock.now() },
    );
    center.responder.answered();
    return answer;
  } catch (error) {
    if (error instanceof OcspError && hasItsTime) center.responder.failed(error.flaw);
    throw error;
  }
}
