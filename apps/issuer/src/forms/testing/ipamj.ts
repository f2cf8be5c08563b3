/** IPAmj明朝 as the Debian package fonts-ipamj-mincho installs it, and what it is known to have. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { unlessMissing } from '@machikado/testkit';
import { type Font, loadFonts } from '../font-manifest.ts';

export const ipamjFolder = fileURLToPath(new URL('../../../fonts/ipamj-debian', import.meta.url));
const FILE = '/usr/share/fonts/truetype/ipamj/ipamjm.ttf';

export function withIpamj(tests: () => void): void {
  unlessMissing(existsSync(FILE) ? '' : 'IPAmj明朝', 'apt-get install fonts-ipamj-mincho', tests);
}

export function ipamjFonts(): readonly Font[] {
  return loadFonts([ipamjFolder]);
}

/** All variation sequences and all ideographs of a font, each in the order of their code points. */
export function lettersOfFont({ characters }: Font) {
  const points = [...characters.codePoints].sort((a, b) => a - b);
  const letters = points.map((point) => String.fromCodePoint(point));
  return {
    letters,
    ideographs: letters.filter((letter) => /^\p{Unified_Ideograph}|^[\uF900-\uFAFF\u{2F800}-\u{2FA1F}]/u.test(letter)),
    sequences: points.flatMap((base) =>
      characters.selectorsOf(base).map((selector) => String.fromCodePoint(base, selector)),
    ),
  };
}
