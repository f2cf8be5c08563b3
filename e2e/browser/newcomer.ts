/**
 * はじめての人: knows nothing but the guide on the workbench. Looks at what it marks as next; if that is a device, does the one thing it
 * offers, if it is the screen, presses what an ordinary person would press there.
 */
import type { Frame, Page } from 'playwright-core';

const onTheScreen: Readonly<Record<string, readonly string[]>> = {
  menu: ['[data-act="begin"]'],
  municipality: ['[data-act="municipality"][data-value="residence"]'],
  kind: ['[data-act="kind"]', '[data-act="next"]'],
  scope: ['[data-act="scope"][data-value="self"]', '[data-act="next"]'],
  items: ['[data-act="next"]'],
  copies: ['[data-act="next"]'],
  confirm: ['[data-act="order"]'],
  pay: ['[data-act="pay"]'],
  'take-paper': ['[data-act="taken"]'],
  receipt: ['[data-act="done"]'],
};

export interface Newcomer {
  /** What the guide said, each sentence once. */
  readonly told: readonly string[];
  /** What stood on the screen at ⑩. */
  readonly confirmed: string;
}

/** Ends with the certificate on the desk and the receipt torn off; throws when the guide leaves somebody standing. */
export async function followGuide(page: Page, pin: string): Promise<Newcomer> {
  const told: string[] = [];
  let confirmed = '';
  for (;;) {
    const sentence = await nextSentence(page, told.at(-1));
    told.push(sentence);
    if (await isDone(page)) return { told, confirmed };
    const screen = await screenIfNext(page);
    if (!screen) await followDevice(page);
    else confirmed = (await followScreen(page, screen, pin, sentence)) ?? confirmed;
  }
}

const isDone = async (page: Page) =>
  (await page.locator('.desk img').count()) > 0 &&
  (await page.locator('.receipt [data-next]').count()) === 0 &&
  (await stepOf(page)) === 'menu';

/** Another sentence than the last one, which stays as long as something is still to be done there. */
async function nextSentence(page: Page, last: string | undefined): Promise<string> {
  await page.waitForFunction(
    (before) => {
      const now = document.querySelector('.guide .sentence strong')?.textContent ?? '';
      return now !== '' && now !== before && document.querySelector('[data-next]') !== null;
    },
    last ?? '',
    { timeout: 60_000 },
  );
  return (await page.locator('.guide .sentence strong').textContent()) ?? '';
}
