/** What a process would have found out, for tests of the site around it. */
import type { Examined } from '../ports.ts';

/** A white dot. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABAQAAAAA3bvkkAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==';

export const inventedFinding: Examined = {
  facts: {
    lgCode: '990019',
    issueNumber: '0123456789abcdef',
    orderReference: 'fedcba9876543210',
    sheet: 1,
    of: 2,
    issuedAt: '2026-11-22T03:00:00Z',
  },
  keys: { encryption: 1, signing: 2 },
  picture: { type: 'image/png', base64: PIXEL, width: 1, height: 1, dpi: 200, sha256: 'ab'.repeat(32) },
};
