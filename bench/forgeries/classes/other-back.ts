/** A genuine front on the genuine back of another certificate: somebody else’s, or the same person’s from a month before. */
import { sideOf } from '../draw-side.ts';
import type { Forge } from '../forged.ts';
import { olderThan } from '../older.ts';

export const otherBack: Forge = async (scene) => {
  const { certificate, workshop, chance, copyWarning } = scene;
  const other = chance.whole(2) === 0 ? await olderThan(certificate, workshop) : await scene.other();
  const sheet = chance.whole(Math.min(certificate.sheets.length, other.sheets.length));
  const genuineBack = other.sheets[sheet];
  if (!genuineBack) return undefined;
  const [here, there] = await Promise.all(
    [certificate, other].map(({ clean, sheets }) => workshop.print(clean, sheets, copyWarning)),
  );
  if (!here || !there) return undefined;
  return {
    what: `back of ${other.document.name}, number ${other.document.content.issueNumber.slice(0, 4)}…`,
    front: sideOf(here, 2 * sheet + 1),
    back: sideOf(there, 2 * sheet + 2),
  };
};
