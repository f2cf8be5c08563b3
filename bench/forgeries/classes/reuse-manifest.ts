/** A signed manifest of an older certificate over this picture’s ciphertext, or this one’s manifest over the older ciphertext; as long as it says. */
import { strict as assert } from 'node:assert';
import { forgeBack } from '../forge-back.ts';
import { olderThan } from '../older.ts';

export const reuseManifest = forgeBack(async ({ sheet, genuineBack }, { certificate, workshop, chance }) => {
  const older = (await olderThan(certificate, workshop)).sheets[sheet];
  assert(older);
  const oldManifest = chance.whole(2) === 0;
  const [manifest, picture] = oldManifest ? [older, genuineBack] : [genuineBack, older];
  const ciphertext = new Uint8Array(manifest.ciphertext.length);
  ciphertext.set(picture.ciphertext.subarray(0, ciphertext.length));
  return { header: manifest.header, ciphertext, what: oldManifest ? 'older manifest' : 'older picture' };
});
