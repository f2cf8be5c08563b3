/**
 * The glass for somebody who sees nothing and has no finger: keys alone, and what a screen reader is told. Every button is found by Tab, must have
 * a name in the accessibility tree, and is pressed by Enter.
 */
import type { CDPSession, Page } from 'playwright-core';
import { type Glass, glassOf } from './glass.ts';

export interface KeyboardGlass extends Glass {
  /** Name and role of every button that was pressed. */
  readonly heard: readonly string[];
  /** The accessibility tree as text, one line a node: `role "name"`. */
  spoken(): Promise<readonly string[]>;
}

/** More than any screen has. */
const TABS_MAX = 150;

export async function keyboardGlassOf(page: Page): Promise<KeyboardGlass> {
  const session = await page.context().newCDPSession(page);
  const glass = glassOf(page);
  const heard: string[] = [];
  return {
    ...glass,
    heard,
    async press(button) {
      await glass.ready(button);
      await tabTo(page, button);
      heard.push(await focusedNode(session));
      await page.keyboard.press('Enter');
    },
    spoken: async () => (await nodes(session)).map(({ role, name }) => `${role} "${name}"`),
  };
}

async function tabTo(page: Page, button: string): Promise<void> {
  const [act, value = ''] = button.split('=');
  const isThere = `(() => {
    const one = document.activeElement;
    const value = one?.dataset.act === 'digit' ? one.textContent : one?.dataset.value ?? '';
    return one?.dataset.act === ${JSON.stringify(act)} && value === ${JSON.stringify(value)};
  })()`;
  for (let tabs = 0; tabs < TABS_MAX; tabs += 1) {
    if (await page.evaluate(isThere)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${button} cannot be reached by Tab`);
}

interface SpokenNode {
  readonly role: string;
  readonly name: string;
  readonly focused: boolean;
}

async function nodes(session: CDPSession): Promise<SpokenNode[]> {
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, properties = [] }) => ({
      role: String(role?.value ?? ''),
      name: String(name?.value ?? ''),
      focused: properties.some((one) => one.name === 'focused' && one.value.value === true),
    }));
}

/** The innermost: the page itself is focused too. */
async function focusedNode(session: CDPSession): Promise<string> {
  const found = (await nodes(session)).findLast(({ focused }) => focused);
  if (!found || found.name.trim() === '') throw new Error(`what has the focus has no name: ${found?.role}`);
  return `${found.role} "${found.name}"`;
}
