/** 問い合わせサイト in a real browser: each verdict, each refusal, camera, corners, second photo and report; phone and desktop, by keyboard, without a fault for axe. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kidOf, readVerificationReport } from '@machikado/pki';
import { type FrontComparison, type SiteErrorCode, siteErrors } from '@machikado/protocol';
import { siteTexts } from '@machikado/ui';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inkPicture } from '../apps/verification/src/examination/shown-pictures.ts';
import { inventedFinding } from '../apps/verification/src/testing/invented-finding.ts';
import { asFile, paperInHand } from '../apps/verification/src/testing/paper-in-hand.ts';
import { axeFaults } from './browser/axe.ts';
import { type Browser, launchBrowser } from './browser/launch-browser.ts';
import { brokenWords, layoutFaults } from './browser/layout.ts';
import {
  check,
  choose,
  enlarge,
  type FilePayload,
  glasses,
  openScriptedSite,
  type ScriptedSite,
  screenOf,
} from './browser/site-visit.ts';

/** Pictures of every screen, for who wants to look: `SITE_SHOTS=folder`. */
const SHOTS = process.env.SITE_SHOTS;
const texts = siteTexts.en;
const { heading: _, ...start } = texts.start;
let site: ScriptedSite;
let browser: Browser;
let page: Page;
let back: FilePayload;
let front: FilePayload;
let finding = inventedFinding;
let comparison: FrontComparison;
const errors: string[] = [];

beforeAll(async () => {
  const paper = await paperInHand();
  const bytes = await asFile.jpeg(paper.back);
  // Nobody reads it here; only the camera’s film is looked at by the page.
  const small = await sharp(bytes).resize({ width: 400 }).jpeg().toBuffer();
  back = { name: 'back.jpg', mimeType: 'image/jpeg', buffer: small };
  front = { name: 'front.jpg', mimeType: 'image/jpeg', buffer: small };
  const ink = paper.front.data.map((grey) => (grey < 128 ? 1 : 0));
  const shown = inkPicture({ ...paper.front, bits: ink });
  finding = { ...inventedFinding, picture: { ...inventedFinding.picture, ...shown } };
  comparison = {
    ...{ verdict: 'differs', comparedPercent: 97, front: shown },
    differences: [
      { xMm: 40, yMm: 60, wMm: 12, hMm: 6, kind: 'added' },
      { xMm: 90, yMm: 120, wMm: 30, hMm: 5, kind: 'missing' },
    ],
  };
  site = await openScriptedSite();
  const frame = await sharp(bytes).resize({ width: 1200, height: 1488, fit: 'fill' }).jpeg({ quality: 90 }).toBuffer();
  const film = join(site.dir, 'film.mjpeg');
  writeFileSync(film, Buffer.concat([frame, frame]));
  browser = await launchBrowser({ film, drawing: SHOTS ? 'full' : 'rough' });
  page = await browser.context.newPage();
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

async function begin(size: keyof typeof glasses = 'phone', language = 'en'): Promise<void> {
  await page.setViewportSize(glasses[size]);
  await page.goto(site.url);
  await page.locator('select').selectOption(language);
}

async function shot(name: string): Promise<void> {
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}

/** On a phone and on a desk, and left as it was. */
async function faults(name: string): Promise<string[]> {
  const before = page.viewportSize();
  const found: string[] = [];
  for (const [size, glass] of Object.entries(glasses)) {
    await page.setViewportSize(glass);
    await shot(`${name}-${size}`);
    found.push(...(await layoutFaults(page, { scrolls: true })), ...(await axeFaults(page)));
  }
  if (before) await page.setViewportSize(before);
  return found;
}

async function ask(next: ScriptedSite['next'], more: { front?: boolean } = {}): Promise<void> {
  site.next = next;
  await choose(page, 'back', back);
  if (more.front) await choose(page, 'front', front);
  await check(page, texts);
  await page.locator('main:not([data-screen=progress]):not([data-screen=start])').waitFor();
}

const rounded = (corners: unknown) =>
  (corners as number[][]).map((corner) => corner.map((share) => Math.round(share * 1000) / 1000));

describe('verdicts', () => {
  const list = { version: 7, listIssuedAt: '2026-11-24T00:50:00Z' };
  test.each([
    ['same', { verdict: 'same', comparedPercent: 98, differences: [] }],
    ['differs', {}],
    ['cannot-tell', { verdict: 'cannot-tell', comparedPercent: 12, differences: [], doubt: 'PARTLY_UNREADABLE' }],
  ] as const)('%s: in one sentence, with both pictures and the places as a list', async (verdict, changed) => {
    await begin(verdict === 'differs' ? 'desktop' : 'phone');
    await ask({ ...finding, comparison: { ...comparison, ...changed } }, { front: true });
    expect(site.sent()).toBe('back front');
    const heading = page.getByRole('heading', { level: 1 });
    expect(await heading.textContent()).toBe(texts.findings[verdict].title);
    expect(await page.evaluate('document.activeElement?.localName')).toBe('h1');
    expect(await page.locator('.pictures img').count()).toBe(2);
    const items = await page.locator('.differences li').allTextContents();
    expect(items).toEqual(
      verdict === 'differs'
        ? [
            texts.differences.item(1, texts.differences.kinds.added, 60, 40),
            texts.differences.item(2, texts.differences.kinds.missing, 120, 90),
          ]
        : [],
    );
    if (verdict === 'cannot-tell') expect(await page.textContent('.finding')).toContain(texts.doubts.PARTLY_UNREADABLE);
    expect(await faults(verdict)).toEqual([]);
  });

  test('no front: the restored picture, its facts, and what a copy of a back proves', async () => {
    await begin();
    await ask(finding);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(texts.findings['not-compared'].title);
    const facts = await page.locator('section[aria-labelledby=facts] dd').allTextContents();
    expect(facts.slice(0, 2)).toEqual(['架空市 (990019)', '0123456789abcdef']);
    expect(facts[3]).toBe('1 of 2');
    const all = (await page.textContent('main')) ?? '';
    for (const sentence of [texts.proofs.scramble.not, texts.proofs.copyWarning.proves, texts.proofs.latent.proves])
      expect(all).toContain(sentence);
    expect(all).toContain(texts.myNumber.text);
    expect(await page.evaluate("document.querySelector('.pictures img').naturalWidth")).toBe(1654);
    expect(await faults('not-compared')).toEqual([]);
  });

  test('cancelled outweighs everything else', async () => {
    const answer = { ...finding, comparison: { ...comparison, verdict: 'same', differences: [] } as FrontComparison };
    await page.route('**/v1/verifications', async (route) => {
      const response = await route.fetch();
      const json = { ...(await response.json()), cancellation: { state: 'cancelled', ...list } };
      await route.fulfill({ response, json });
    });
    await begin('desktop');
    await ask(answer, { front: true });
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(texts.findings.cancelled.title);
    expect(await faults('cancelled')).toEqual([]);
    await page.unroute('**/v1/verifications');
  });
});

describe('refusals', () => {
  test('each has its sentence and advice, told at once to who cannot see', async () => {
    await begin();
    const codes = (Object.keys(siteErrors) as SiteErrorCode[]).filter((code) => code !== 'BUSY');
    for (const code of codes) {
      await ask({ refused: code, ...(code === 'NOT_FOUND' && { cornersFound: 2 }) });
      const said = (await page.getByRole('status').textContent()) ?? '';
      expect(said).toContain(texts.errors[code].title);
      expect(said).toContain(texts.errors[code].text);
      if (code === 'NOT_FOUND') expect(said).toContain(texts.failed.corners(2));
      if (code === 'TOO_SLOW') expect(await page.getByRole('button', { name: texts.failed.retry }).count()).toBe(1);
      expect(await faults(`failed-${code}`), code).toEqual([]);
      await page.getByRole('button', { name: texts.failed.change }).click();
    }
  });

  test('a site that is away', async () => {
    await page.route('**/v1/verifications', (route) => route.abort());
    await begin();
    await ask(finding);
    expect(await page.getByRole('status').textContent()).toContain(texts.failed.offline.title);
    await page.unroute('**/v1/verifications');
    await page.getByRole('button', { name: texts.failed.retry }).click();
    await page.locator('main[data-screen=result]').waitFor();
  });

  test('without a back it says what is missing, and asks nobody', async () => {
    await begin();
    await check(page, texts);
    expect(await page.getByRole('alert').textContent()).toBe(start.needBack);
    expect(await screenOf(page)).toBe('start');
    expect(await faults('start')).toEqual([]);
  });
});

describe('ways on', () => {
  test('corners are marked by keyboard, and go along with the next check', async () => {
    await begin();
    await ask({ refused: 'NOT_FOUND', cornersFound: 2 });
    await page.getByRole('button', { name: texts.failed.tap }).press('Enter');
    const corner = page.getByRole('button', { name: new RegExp(`^${texts.tapping.corners[2]}`) });
    await corner.focus();
    for (const key of ['ArrowLeft', 'ArrowLeft', 'Shift+ArrowUp']) await page.keyboard.press(key);
    expect(await page.getByRole('status').textContent()).toBe(
      `${texts.tapping.corners[2]}: ${texts.tapping.at(91.5, 77)}`,
    );
    expect(await faults('tapping')).toEqual([]);
    site.next = finding;
    await page.getByRole('button', { name: texts.tapping.check }).press('Enter');
    await page.locator('main[data-screen=result]').waitFor();
    expect(rounded(site.corners())).toEqual([
      [0.075, 0.055],
      [0.925, 0.055],
      [0.915, 0.77],
      [0.075, 0.82],
    ]);
  });

  test('corners are moved by a finger', async () => {
    await begin();
    await ask({ refused: 'TOO_DAMAGED' });
    await page.getByRole('button', { name: texts.failed.tap }).click();
    const corner = page.getByRole('button', { name: new RegExp(`^${texts.tapping.corners[0]}`) });
    const picture = await page.locator('.tapping').boundingBox();
    if (!picture) throw new Error('no picture');
    await corner.hover();
    await page.mouse.down();
    await page.mouse.move(picture.x + picture.width * 0.25, picture.y + picture.height * 0.25);
    await page.mouse.up();
    expect(await corner.getAttribute('aria-label')).toBe(`${texts.tapping.corners[0]}: ${texts.tapping.at(25, 25)}`);
  });

  test('a second photo goes along with the first', async () => {
    await begin();
    await ask({ refused: 'TOO_DAMAGED' });
    await page.getByRole('button', { name: texts.failed.second }).click();
    await choose(page, 'second', back);
    await shot('second');
    site.next = finding;
    await check(page, texts);
    await page.locator('main[data-screen=result]').waitFor();
    expect(site.sent()).toBe('back back');
  });

  test('a check can be given up while it runs', async () => {
    await begin();
    site.next = undefined;
    await choose(page, 'back', back);
    await check(page, texts);
    await shot('progress');
    await page.getByRole('button', { name: texts.progress.cancel }).click();
    expect(await screenOf(page)).toBe('start');
    expect(await page.getByText(start.chosen(start.sides.back, 'back.jpg')).count()).toBe(1);
  });

  test('a PDF that may hold both sides is sent as such', async () => {
    await begin();
    site.next = finding;
    await choose(page, 'back', { name: 'scan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
    await check(page, texts);
    await page.locator('main[data-screen=result]').waitFor();
    expect(site.sent()).toBe('either');
  });
});

test('the camera finds the corners and takes the photo by itself', async () => {
  await begin();
  await page.getByRole('button', { name: start.photograph(start.sides.back) }).click();
  await page.locator('.hint[data-hint=still], .hint[data-hint=ready]').waitFor();
  await shot('camera');
  await page.locator('main[data-screen=start]').waitFor();
  expect(await page.getByText(start.chosen(start.sides.back, start.photo)).count()).toBe(1);
  await page.getByRole('button', { name: start.photograph(start.sides.front) }).click();
  await page.locator('video').waitFor();
  expect(await faults('camera-front')).toEqual([]);
  await page.getByRole('button', { name: texts.camera.capture }).click();
  await page.locator('main[data-screen=start]').waitFor();
  site.next = finding;
  await check(page, texts);
  await page.locator('main[data-screen=result]').waitFor();
  expect(site.sent()).toBe('back front');
});

test('the report that is saved verifies; what is printed is the report and no picture', async () => {
  await begin('desktop');
  await ask({ ...finding, comparison }, { front: true });
  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: texts.report.download }).click();
  const saved = await (await saving).path();
  const keys = new Map([[kidOf(site.reportKey), site.reportKey]]);
  const report = await readVerificationReport(readFileSync(saved, 'utf8'), keys);
  expect(report).toMatchObject({ verdict: 'differs', differences: 2, facts: finding.facts });
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByText(report.picture.sha256).isVisible()).toBe(true);
  expect(await page.locator('img:visible').count()).toBe(0);
  await shot('printed');
  await page.emulateMedia({ media: 'screen' });
});

test('a form of another page opens this one with its answer', async () => {
  site.next = { ...finding, comparison };
  await page.setViewportSize(glasses.desktop);
  await page.route('http://elsewhere.test/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<form method="post" enctype="multipart/form-data" action="${site.url}/"><input type="file" name="back"><button>send</button></form>`,
    }),
  );
  await page.goto('http://elsewhere.test/');
  await page.locator('input').setInputFiles(back);
  await page.getByText('send').click();
  await page.locator('[data-finding=differs]').waitFor();
});

test('all of it by keyboard: choose, check, read, begin again', async () => {
  await begin();
  site.next = finding;
  await choose(page, 'back', back);
  const tabTo = async (name: string) => {
    for (let tabs = 0; tabs < 30; tabs++) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate('document.activeElement?.textContent?.trim()')) === name) return;
    }
    throw new Error(`${name} is not reached by Tab`);
  };
  await page.evaluate('document.activeElement?.blur()');
  await tabTo(start.check);
  await page.keyboard.press('Enter');
  await page.locator('main[data-screen=result]').waitFor();
  await tabTo(texts.pictures.larger);
  await page.keyboard.press('Space');
  expect(await page.locator('.pictures').getAttribute('data-large')).toBe('true');
  await shot('larger');
  await tabTo(texts.again);
  await page.keyboard.press('Enter');
  expect(await screenOf(page)).toBe('start');
});

/** In these a word is what stands between two spaces; the others break between syllables or characters where they must. */
const spaced = ['en', 'es', 'pt'];

describe('seven languages', () => {
  test.each(Object.entries(siteTexts))('%s fits on a phone with letters twice as large', async (language, words) => {
    const look = async (name: string) => {
      for (const width of [390, 320]) {
        await page.setViewportSize({ width, height: 844 });
        await shot(`${name}-${language}-${width}`);
        expect(await layoutFaults(page, { scrolls: true }), `${name} ${width}`).toEqual([]);
        if (spaced.includes(language)) expect(await brokenWords(page), `${name} ${width}`).toEqual([]);
      }
    };
    await begin('phone', language);
    await enlarge(page);
    expect(await page.title()).toContain(words.title);
    expect(await page.getAttribute('html', 'lang')).toBe(language);
    await look('start');
    site.next = { ...finding, comparison };
    await choose(page, 'back', back);
    await choose(page, 'front', front);
    await check(page, words);
    await page.locator('main[data-screen=result]').waitFor();
    await look('result');
    site.next = { refused: 'NOT_FOUND', cornersFound: 2 };
    await page.getByRole('button', { name: words.again }).click();
    await choose(page, 'back', back);
    await check(page, words);
    await page.locator('main[data-screen=failed]').waitFor();
    await look('failed');
  });
});

test('nothing went wrong in the page, and nothing was kept in the browser', async () => {
  expect(errors.filter((text) => !/Failed to load resource/.test(text))).toEqual([]);
  expect(await browser.context.cookies()).toEqual([]);
  expect(await page.evaluate('localStorage.length + sessionStorage.length')).toBe(0);
});
