/**
 * A short wire to a page, by the browser’s own protocol: where thousands of small questions are asked, what a comfortable `evaluate` does around
 * each of them costs more than the answer. What the page tells comes in its order, also over a reload.
 */
import type { CDPSession, Page } from 'playwright-core';

export interface PageWire {
  /** The value of this expression in the page that is there; one that is just being loaded anew is asked afterwards. */
  ask<T>(source: string): Promise<T>;
}

/** `source` runs before the page’s own script, each time it is loaded; what it gives to `window[name]`, a text, arrives at `hear`. */
export async function openPageWire(
  page: Page,
  name: string,
  source: string,
  hear: (text: string) => void,
): Promise<PageWire> {
  const session = await page.context().newCDPSession(page);
  session.on('Runtime.bindingCalled', ({ payload }) => hear(payload));
  await session.send('Runtime.enable');
  await session.send('Page.enable');
  await session.send('Runtime.addBinding', { name });
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source });
  return {
    async ask(source) {
      for (;;) {
        try {
          return await valueIn(session, source);
        } catch (error) {
          if (!/context was destroyed|Cannot find context|navigated/i.test(String(error))) throw error;
        }
      }
    },
  };
}

async function valueIn(session: CDPSession, expression: string) {
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    ...{ expression, awaitPromise: true, returnByValue: true },
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}
