/** The glass as a finger and an eye know it: which screen is shown, what can be pressed, what is written there. */
import type { Locator, Page } from 'playwright-core';

/** Only so that a failure ends at some time: nothing here waits for a time. */
const LONG_MS = 60_000;

export interface Glass {
  readonly page: Page;
  /** The screen that is shown now. */
  step(): Promise<string | undefined>;
  /** Waits until one of these screens is shown, and says which. */
  at<S extends string>(...steps: readonly S[]): Promise<S>;
  /** `act`, or `act=value`. */
  press(button: string): Promise<void>;
  /** Everything that can be pressed now, as `act` or `act=value`. */
  buttons(): Promise<readonly string[]>;
  text(): Promise<string>;
}

export function glassOf(page: Page): Glass {
  const main = page.locator('main');
  return {
    page,
    step: async () => (await main.getAttribute('data-step', { timeout: LONG_MS })) ?? undefined,
    async at(...steps) {
      const shown = page.locator(steps.map((step) => `main[data-step="${step}"]`).join(', '));
      try {
        await shown.waitFor({ timeout: LONG_MS });
      } catch (error) {
        throw new Error(`waited for ${steps.join(' or ')}, but there is: ${await whereItStands(page)}`, {
          cause: error,
        });
      }
      return (await shown.getAttribute('data-step')) as (typeof steps)[number];
    },
    press: (button) => buttonIn(page, button).click({ timeout: LONG_MS }),
    buttons: () =>
      page.locator('[data-act]:visible:enabled').evaluateAll((found) =>
        found.map((one) => {
          const [act, value] = [one.getAttribute('data-act') ?? '', one.getAttribute('data-value') ?? ''];
          return value ? `${act}=${value}` : act;
        }),
      ),
    text: () => main.innerText(),
  };
}

export function buttonIn(page: Page, button: string): Locator {
  const [act, value] = button.split('=');
  const selector = value === undefined ? `[data-act="${act}"]` : `[data-act="${act}"][data-value="${value}"]`;
  return page.locator(`${selector}:visible`).first();
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
