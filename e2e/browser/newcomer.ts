/**
 * はじめての人: follows the guide of the workbench to a first certificate, and nothing else. Touches the glass or a device only while the guide
 * marks it as next, so that a guide that lags, leads astray or falls silent leaves this visitor standing.
 */
import type { FrameLocator, Page } from 'playwright-core';
import { piecesOf } from './visit.ts';

const LONG_MS = 60_000;

export interface Newcomer {
  /** 発行内容確認 ⑩, as it stood on the glass. */
  readonly confirmed: string;
  /** Pixels of the picture of the sheet on the desk. */
  readonly sheet: { readonly width: number; readonly height: number };
}

export async function followGuide(page: Page, pin: string): Promise<Newcomer> {
  const glass = page.frameLocator('.glass iframe');
  const shown = (step: string) => glass.locator(`main[data-step="${step}"]`).waitFor({ timeout: LONG_MS });
  const touch = async (step: string, ...buttons: readonly string[]) => {
    await shown(step);
    await page.locator('.glass[data-next]').waitFor({ timeout: LONG_MS });
    for (const button of buttons) await buttonOf(glass, button).click({ timeout: LONG_MS });
  };
  const handle = async (panel: string) => {
    const marked = page.locator(
      `${panel} button[data-next]:visible, ${panel} [data-next] button:visible, ${panel}[data-next] button:visible`,
    );
    await marked.first().click({ timeout: LONG_MS });
  };

  await touch('menu', 'begin');
  await handle('.cards');
  await touch('municipality', 'municipality=residence');
  await touch('pin', ...[...pin].map((digit) => `digit=${digit}`));
  await handle('.cards');
  await touch('kind', 'kind=resident-record', 'next');
  await touch('scope', 'scope=self', 'next');
  await touch('items', 'next');
  await touch('copies', 'next');
  await shown('confirm');
  const confirmed = await glass.locator('main').innerText();
  await touch('confirm', 'order');
  await shown('pay');
  await page.locator('.pieces[data-next]').waitFor({ timeout: LONG_MS });
  const dueYen = Number((await glass.locator('main[data-step="pay"] dd').first().innerText()).replaceAll(/\D/g, ''));
  for (const yen of piecesOf(dueYen))
    await page.locator('.pieces button').nth([10, 50, 100, 500, 1000].indexOf(yen)).click();
  await touch('pay', 'pay');
  await handle('.paper');
  // Whoever is quicker than the last page of the job has nothing to be reminded of.
  const after = glass.locator('main[data-step="take-paper"], main[data-step="receipt"]');
  await after.waitFor({ timeout: LONG_MS });
  if ((await after.getAttribute('data-step')) === 'take-paper') await touch('take-paper', 'taken');
  await handle('.receipt');
  const sheet = page.locator('.desk img').first();
  await sheet.waitFor({ timeout: LONG_MS });
  await page.locator('.desk[data-next]').waitFor({ timeout: LONG_MS });
  return {
    confirmed,
    sheet: await sheet.evaluate(async (picture) => {
      const image = picture as unknown as { decode(): Promise<void>; naturalWidth: number; naturalHeight: number };
      await image.decode();
      return { width: image.naturalWidth, height: image.naturalHeight };
    }),
  };
}

function buttonOf(glass: FrameLocator, button: string) {
  const [act, value] = button.split('=');
  const named = glass.locator(`[data-act="${act}"]:visible`);
  if (value === undefined) return named;
  return act === 'digit'
    ? named.getByText(value, { exact: true })
    : glass.locator(`[data-act="${act}"][data-value="${value}"]:visible`);
}
