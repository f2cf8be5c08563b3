/** A visit to the 問い合わせサイト with a browser: a site on loopback whose examining processes say what the test wants, and the page as it is built. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SiteTexts } from '@machikado/ui';
import type { Page } from 'playwright-core';
import type { Examined, Refused } from '../../apps/verification/src/ports.ts';
import { type OpenSite, openSite } from '../../apps/verification/src/testing/open-site.ts';
import { buildOne } from '../../scripts/build-pages.ts';

export interface ScriptedSite extends OpenSite {
  /** What the next check finds; undefined: nothing until it is told. */
  next: Examined | Refused | undefined;
  /** How many files of which role the last check brought. */
  readonly sent: () => string;
  readonly corners: () => unknown;
}

export async function openScriptedSite(): Promise<ScriptedSite> {
  const dir = mkdtempSync(join(tmpdir(), 'machikado-site-page-'));
  const { outDir } = await buildOne('verification', join(dir, 'dist'));
  let [sent, corners]: [string, unknown] = ['', undefined];
  const site = await openSite({
    config: { pageDir: outDir, limits: { checksPerMinute: 10_000 } },
    now: () => new Date('2026-11-24T01:00:00Z'),
    examine(upload, signal) {
      sent = upload.files.map(({ role }) => role).join(' ');
      corners = upload.corners;
      if (scripted.next) return scripted.next;
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve({ refused: 'TOO_SLOW' })));
    },
  });
  const scripted: ScriptedSite = {
    ...site,
    next: undefined,
    sent: () => sent,
    corners: () => corners,
    async close() {
      await site.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return scripted;
}

export const glasses = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } } as const;

/** Text twice as large, as a visitor sets it in the browser. */
export const enlarge = (page: Page) => page.evaluate("document.documentElement.style.fontSize = '200%'");

/** Only what the visitor chose: no address of the site knows it. */
export async function choose(page: Page, side: 'back' | 'front' | 'second', file: string | FilePayload): Promise<void> {
  await page.locator(`input[data-side=${side}]`).setInputFiles(file);
}

export interface FilePayload {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export async function check(page: Page, texts: SiteTexts): Promise<void> {
  await page.getByRole('button', { name: texts.start.check, exact: true }).click();
}

export const screenOf = (page: Page) => page.locator('main').getAttribute('data-screen');
