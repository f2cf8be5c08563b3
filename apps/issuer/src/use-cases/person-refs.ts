/** How center and kiosk speak of a person during one session: opaque, and other in the next session. */
import { createHmac } from 'node:crypto';
import type { Municipality } from '../ports.ts';

export function personRef({ keys }: Municipality, sessionId: string, residentId: string): string {
  return createHmac('sha256', keys.residentRefSecret)
    .update(`machikado/person-ref/v1\0${sessionId}\0${residentId}`)
    .digest('hex')
    .slice(0, 32);
}
