/** Every class of forgery, and how many of a thousand are made of it. */

import { forgeFront } from '../forge-front.ts';
import type { Forge } from '../forged.ts';
import { changeDigit } from './change-digit.ts';
import { changeStroke } from './change-stroke.ts';
import { exchangeName } from './exchange-name.ts';
import { flipBits } from './flip-bits.ts';
import { graftBack } from './graft-back.ts';
import { otherBack } from './other-back.ts';
import { retouchFront } from './retouch-front.ts';
import { reuseManifest } from './reuse-manifest.ts';
import { signAsStranger } from './sign-as-stranger.ts';
import { swapSeal } from './swap-seal.ts';

export const classes = {
  'a name exchanged': { perMille: 120, forge: forgeFront(exchangeName) },
  'one figure changed': { perMille: 120, forge: forgeFront(changeDigit) },
  'one stroke': { perMille: 300, forge: forgeFront(changeStroke) },
  'seal swapped': { perMille: 100, forge: forgeFront(swapSeal) },
  'front retouched': { perMille: 100, forge: retouchFront },
  'back grafted': { perMille: 80, forge: graftBack },
  'back of another certificate': { perMille: 60, forge: otherBack },
  'signed by a stranger': { perMille: 40, forge: signAsStranger },
  'bits turned over': { perMille: 40, forge: flipBits },
  'manifest used again': { perMille: 40, forge: reuseManifest },
} as const satisfies Record<string, { readonly perMille: number; readonly forge: Forge }>;

export type ForgeryClass = keyof typeof classes;
export const forgeryClasses = Object.keys(classes) as ForgeryClass[];
export const oneStroke = 'one stroke' satisfies ForgeryClass;
