/** The glass as a finger and an eye know it: which screen is shown, what can be pressed, what is written there. */
import type { ScreenName } from '@machikado/ui';
import type { Locator, Page } from 'playwright-core';

/** Only so that a failure ends at some time: nothing here waits for a time. */
const LONG_MS = 60_000;

export interface Glass {
  readonly page: Page;
  /** The screen that is shown now. */
  now(): Promise<ScreenName>;
  /** Waits until another screen than this one is shown, and says which. */
  after(screen: ScreenName): Promise<ScreenName>;
  /** Waits until one of these screens is shown, and says which. */
  at<S extends ScreenName>(...screens: readonly S[]): Promise<S>;
  /** `act`, or `act=value`. Waits until it can be pressed. */
  press(button: string): Promise<void>;
  ready(button: string): Promise<void>;
  /** Everything that can be pressed now, as `act` or `act=value`. */
  buttons(): Promise<readonly string[]>;
  text(): Promise<string>;
  /** Waits until these words can be read. */
  reads(words: string): Promise<void>;
  /** ⑪ The sum that is asked for. */
  dueYen(): Promise<number>;
}

export function glassOf(page: Page): Glass {
  const at = async <S extends ScreenName>(selector: string): Promise<S> => {
    const main = page.locator(selector);
    try {
      await main.waitFor({ timeout: LONG_MS });
    } catch (error) {
      throw new Error(`waited for ${selector}, but there is: ${await whereItStands(page)}`, { cause: error });
    }
    return (await page.locator('main').getAttribute('data-step')) as S;
  };
  return {
    page,
    now: () => at('main[data-step]'),
    after: (screen) => at(`main[data-step]:not([data-step="${screen}"])`),
    at: (...screens) => at(screens.map((screen) => `main[data-step="${screen}"]`).join(', ')),
    press: (button) => buttonIn(page, button).click({ timeout: LONG_MS }),
    ready: (button) => buttonIn(page, button).waitFor({ timeout: LONG_MS }),
    buttons: () =>
      page.locator('[data-act]:visible:enabled').evaluateAll((found) =>
        found.map((one) => {
          const [act, value] = [one.getAttribute('data-act') ?? '', one.getAttribute('data-value') ?? ''];
          return value ? `${act}=${value}` : act;
        }),
      ),
    text: () => page.locator('body').innerText(),
    reads: (words) => page.getByText(words).filter({ visible: true }).first().waitFor({ timeout: LONG_MS }),
    dueYen: async () =>
      Number((await page.locator('main[data-step="pay"] dd').first().innerText()).replaceAll(/\D/g, '')),
  };
}

/** The digits of ④ carry no value, so that the markup never says which was pressed; they are found by what is written on them. */
export function buttonIn(page: Page, button: string): Locator {
  const [act = '', value] = button.split('=');
  const named = page.locator(`[data-act="${act}"]:visible`);
  if (value === undefined) return named;
  return act === 'digit'
    ? named.getByText(value, { exact: true })
    : page.locator(`[data-act="${act}"][data-value="${value}"]:visible`);
}

async function whereItStands(page: Page): Promise<string> {
  const step = await page
    .locator('main')
    .first()
    .getAttribute('data-step', { timeout: 1_000 })
    .catch(() => undefined);
  return `${step ?? 'no screen'}\n${await page
    .locator('body')
    .innerText({ timeout: 1_000 })
    .catch(() => '')}`;
}
