/**
 * While the responder counts as away, kiosks let nobody begin, so no login would find out that it is back: the center asks by itself,
 * and only then. It asks about the anchor's own cert, which is nobody's; whatever the responder says of it, it answers.
 */
import { OcspError } from '@machikado/pki';
import { askResponder } from '../ask-responder.ts';
import type { Center } from '../ports.ts';

export async function lookForResponder(center: Center): Promise<void> {
  const [anchor] = center.settings().jpki.anchors.anchors;
  if (!anchor || !center.responder.isAway()) return;
  try {
    await askResponder(center, { anchor, serial: anchor.serial, nonce: center.random(32) });
  } catch (error) {
    if (!(error instanceof OcspError)) throw error;
    // It is there, and has no word on this cert: the next logins show what it has on cards. Else nothing would ever end the outage.
    if (error.flaw === 'responder-unauthorized') center.responder.answered();
  }
}
