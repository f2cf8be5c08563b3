/**
 * The circle of a paper: a treated certificate comes out of the printer on the workbench, is held under infrared, copied and photographed there, and is sent
 * from there to a real 問い合わせサイト, which gives back what was sealed. By keyboard, in a browser.
 */
import assert from 'node:assert/strict';
import { generateKeyPairSync, randomInt } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openIppClient } from '@machikado/printing';
import type { SiteAnswer } from '@machikado/protocol';
import { createLog } from '@machikado/server';
import { compose as composeSite } from '@machikado/verification';
import { compose as composeWorkbench } from '@machikado/workbench';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openingKeys } from '../bench/keys.ts';
import { sealedPicture, type TreatedSheet, treatSheets } from '../bench/paper/treated-sheets.ts';
import { buildOne } from '../scripts/build-pages.ts';
import { benchFiles } from '../stand-ins/workbench/src/testing/bench-files.ts';
import { until } from '../stand-ins/workbench/src/testing/until.ts';
import { axeFaults } from './browser/axe.ts';
import { type Browser, launchBrowser } from './browser/launch-browser.ts';

const seed = Number(process.env.MACHIKADO_SEED ?? randomInt(2 ** 31));
const dir = mkdtempSync(join(tmpdir(), 'machikado-circle-'));
const SLOW = { timeout: 240_000 };
let sheet: TreatedSheet;
let site: Awaited<ReturnType<typeof composeSite>>;
let siteUrl: string;
let workbench: ReturnType<typeof composeWorkbench>;
let browser: Browser;
let page: Page;
const state = () => workbench.bench.state();

beforeAll(async () => {
  console.log(`MACHIKADO_SEED=${seed}`);
  [sheet] = (await treatSheets(1)) as [TreatedSheet];
  site = await composeSite(await siteConfig(), { log: createLog({ service: 'verification', level: 'silent' }) });
  siteUrl = `http://127.0.0.1:${(await site.listen()).port}/`;
  const { outDir } = await buildOne('workbench', join(dir, 'workbench'));
  workbench = composeWorkbench(
    { ...benchFiles(), pageDir: outDir, verificationUrl: siteUrl },
    { log: createLog({ service: 'workbench', level: 'silent' }), seed: () => seed },
  );
  const { port, printerUrl } = await workbench.listen();
  await print(printerUrl);
  await workbench.bench.perform({ deed: 'take-paper' });
  browser = await launchBrowser();
  page = await browser.open(`http://127.0.0.1:${port}/`);
});
afterAll(async () => {
  await browser?.close();
  await workbench?.close();
  await site?.close();
});

async function siteConfig() {
  const file = (name: string, text: string) => {
    writeFileSync(join(dir, name), text, { mode: 0o600 });
    return join(dir, name);
  };
  const reportKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  const { outDir } = await buildOne('verification', join(dir, 'site'));
  return {
    public: { host: '127.0.0.1', port: 0 },
    keys: {
      masters: [...openingKeys.masters].map(([id, key]) => ({
        id,
        keyFile: file(`master-${id}.hex`, Buffer.from(key).toString('hex')),
      })),
      signers: [...openingKeys.signers].map(([id, key]) => ({
        id,
        keyFile: file(`signer-${id}.pem`, key.export({ type: 'spki', format: 'pem' }).toString()),
      })),
      reportKeyFile: file('report.pem', reportKey.toString()),
    },
    municipalities: [{ lgCode: '990019', name: '架空県夕凪市' }],
    pageDir: outDir,
    limits: { workMs: 60_000 },
  };
}

async function print(printerUrl: string) {
  const client = openIppClient(printerUrl, { user: 'kiosk', timeoutMs: 5_000 });
  const template = { sides: 'two-sided-long-edge' } as const;
  const reply = await client.printJob({ name: 'one', format: 'application/pdf', template, fidelity: false }, sheet.pdf);
  assert.ok(reply.ok, JSON.stringify(reply));
  await until(() => state().tray.length === 1 && !state().printer.printing, 'the sheet is out');
}

/** With the keyboard alone. */
async function press(name: string | RegExp) {
  await page.getByRole('button', { name }).first().focus();
  await page.keyboard.press('Enter');
}
const seen = () => page.locator('.under-glass img[src*=".jpg"]:not(.to-come)').waitFor(SLOW);

test('one sheet, both sides: what is sealed on its back comes back from a photograph', async () => {
  assert.deepEqual([state().taken.length, state().taken[0]?.sides], [1, 2]);
  await press(/1枚目を大きく見る|Look closely at sheet 1/);
  await seen();
  expect(await axeFaults(page)).toEqual([]);

  await press(/^(スマホで撮る|Photograph it)$/);
  await page.locator('.shots li').waitFor(SLOW);
  expect(await page.locator(':focus').textContent()).toMatch(/スマホで撮る|Photograph it/);
  expect(await axeFaults(page)).toEqual([]);
  const form = new FormData();
  for (const { id, side } of state().shots)
    form.append(side === 1 ? 'front' : 'back', new Blob([Buffer.from(workbench.bench.shot(id) ?? [])]), 'photo.jpg');
  const reply = await fetch(`${siteUrl}v1/verifications`, { method: 'POST', body: form });
  const { picture, facts } = (await reply.json()) as SiteAnswer;
  const restored = await sharp(Buffer.from(picture.base64, 'base64')).greyscale().raw().toBuffer();
  const sealed = sealedPicture(sheet);
  expect([picture.width, picture.height]).toEqual([sealed.width, sealed.height]);
  expect(
    Buffer.compare(
      restored.map((grey) => (grey === 0 ? 1 : 0)),
      sealed.bits,
    ),
  ).toBe(0);

  const opening = page.context().waitForEvent('page');
  await press(/問い合わせサイトへ送る|Send to the verification site/);
  const tab = await opening;
  await tab.getByText(facts.issueNumber).first().waitFor(SLOW);
  expect(tab.url()).toBe(siteUrl);
  await tab.close();
});

test('infrared shows 証 on the original; on a colour copy it is gone, and on a copy in black 複写 has come', async () => {
  const [original = ''] = state().taken.map(({ id }) => id);
  for (const [made, mode] of (['colour', 'text-600'] as const).entries()) {
    await page.locator('.trials select').first().selectOption(mode);
    await press(/^(コピーを取る|Make a copy)$/);
    await page.locator('.trials button.plain').nth(made).waitFor(SLOW);
  }
  const copyOf = (mode: string) => state().taken.find(({ copy }) => copy?.mode === mode)?.id ?? '';
  // Outside the letter the original has no black toner at all; a copier makes its greys of it.
  expect(await marginInInfrared(original)).toBeGreaterThan(225);
  expect(await marginInInfrared(copyOf('colour'))).toBeLessThan(205);
  const flat = await unrest(original);
  expect(await unrest(copyOf('text-600'))).toBeGreaterThan(flat + 2);
});

/** Mean grey of the edge of the 偽造防止検出画像, where 「証」 does not reach, at 150 dpi. */
async function marginInInfrared(id: string): Promise<number> {
  const jpeg = await workbench.bench.lookAt(id, 2, 'infrared');
  const { channels } = await sharp(await cut(jpeg, { left: 97, top: 1471, width: 10, height: 118 })).stats();
  return channels[0]?.mean ?? Number.NaN;
}

/** Spread of greys, after a blur that leaves letters of けん制文字 and no dots, in a part of the front that is empty but for them. */
async function unrest(id: string): Promise<number> {
  const jpeg = await workbench.bench.lookAt(id, 1, 'eye');
  const paper = await cut(jpeg, { left: 60, top: 60, width: 360, height: 90 });
  const { channels } = await sharp(await sharp(paper).greyscale().blur(3).toBuffer()).stats();
  return channels[0]?.stdev ?? Number.NaN;
}

function cut(jpeg: Uint8Array | undefined, box: { left: number; top: number; width: number; height: number }) {
  assert.ok(jpeg);
  return sharp(jpeg).extract(box).png().toBuffer();
}
