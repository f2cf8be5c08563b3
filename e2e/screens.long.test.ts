/** Each screen in each of the seven languages, on both glasses, in both sizes of text. */
import type { Look } from './browser/picture-show.ts';
import { describeScreens } from './describe-screens.ts';

const looks: readonly Look[] = [
  { size: 'wide' },
  { size: 'wide', text: '200' },
  { size: 'tall', text: '200' },
  { size: 'tall' },
];

describeScreens(looks);
