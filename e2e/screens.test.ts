/** Each screen on both glasses and in both sizes of text, in one of the languages; each sentence in both. (All of them in all: e2e/screens.long.test.ts.) */
import { describeScreens } from './describe-screens.ts';

describeScreens(
  {
    ja: [{ size: 'wide' }, { size: 'tall', text: '200' }],
    en: [{ size: 'tall' }, { size: 'wide', text: '200' }],
  },
  { shared: true },
);
