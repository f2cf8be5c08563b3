/**
 * 住民票の写し of households that all differ, sheets for each second of one core, from the data to the finished PDF: ours with its typesetting process and the messages to it;
 * against Typst’s compiler bare, on the same form and data in one process; and against pdfkit and Chromium, which are told where each word, line and area of
 * the same sheets stands and have nothing left to lay out. Only ours and Typst’s are tagged for readers of the screen.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createPdfReader, type PdfReading } from '@machikado/inspection';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { chooseFonts } from '../../apps/issuer/src/forms/font-choices.ts';
import { formFolder } from '../../apps/issuer/src/forms/form-contract.ts';
import { createTypesetter, loadFonts, typesetCertificate } from '../../apps/issuer/src/forms/index.ts';
import type { TypesetJob } from '../../apps/issuer/src/forms/typesetter.ts';
import { launchBrowser } from '../../e2e/browser/launch-browser.ts';
import { aCoreSecond, byTurns, type Line } from '../compare.ts';
import { residentRecords } from '../households.ts';
import { htmlOf, pageAround } from '../pages/html.ts';
import { drawWithPdfkit } from '../pages/pdfkit.ts';
import { ownProcessorMs } from '../processor-time.ts';

const DOCUMENTS = 30;
const REMEMBERED = 10;

export async function pages(rounds: number): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), 'machikado-bench-pages-'));
  const typesetter = createTypesetter({ workers: 1 });
  const fonts = loadFonts();
  const [fontFile = ''] = fonts.map(({ file }) => file);
  const records = residentRecords(DOCUMENTS);
  const jobs: TypesetJob[] = [];
  const readings: PdfReading[] = [];
  const reader = createPdfReader({ workers: 1 });
  for (const record of records) {
    let last: TypesetJob | undefined;
    const typeset = (job: TypesetJob) => {
      last = job;
      return typesetter.typeset(job);
    };
    readings.push(await reader.read((await typesetCertificate(record, { typeset })).pdf));
    // Where a text did not fit at first, the last attempt is the document.
    if (last) jobs.push(last);
  }
  await reader.close();
  const sheets = readings.reduce((sum, reading) => sum + reading.pages.length, 0);
  const aSheet = (work: (i: number) => Promise<unknown> | unknown) => () =>
    aCoreSecond(sheets, ownProcessorMs, async () => {
      for (const i of records.keys()) await work(i);
    });

  const data = jobs.map((job) => JSON.stringify({ ...job.data, ...chooseFonts(JSON.stringify(job.data), fonts) }));
  const [{ form }] = jobs as [TypesetJob];
  const workspace = fileURLToPath(form.root);
  const mainFilePath = fileURLToPath(new URL('form.typ', formFolder(form)));
  const compiler = NodeCompiler.create({
    workspace,
    fontArgs: [{ fontBlobs: fonts.map(({ file }) => readFileSync(file)) }],
  });
  const compile = (i: number) => {
    compiler.mapShadow(join(workspace, 'data.json'), Buffer.from(data[i] ?? ''));
    const document = compiler.compile({ mainFilePath }).result;
    if (i % REMEMBERED === 0) compiler.evictCache(1);
    return document && compiler.pdf(document);
  };

  const browser = await launchBrowser();
  const around = join(folder, 'page.html');
  writeFileSync(around, pageAround(pathToFileURL(fontFile).href));
  const page = await browser.open(pathToFileURL(around).href);
  const html = readings.map(htmlOf);
  const print = async (i: number) => {
    await page.evaluate(
      `document.body.innerHTML = ${JSON.stringify(html[i])}; document.fonts.ready.then(() => undefined)`,
    );
    return page.pdf({ preferCSSPageSize: true });
  };

  const rates = await byTurns(rounds, {
    ours: aSheet((i) => typesetCertificate(records[i] as (typeof records)[number], typesetter)),
    bare: aSheet((i) => {
      if (!compile(i)) throw new Error('the form does not compile');
    }),
    pdfkit: aSheet((i) => drawWithPdfkit(readings[i] as PdfReading, fontFile)),
    chromium: aSheet(print),
  });
  await Promise.all([typesetter.close(), browser.close()]);
  rmSync(folder, { recursive: true });
  const line = { what: '住民票の写し, sheets', unit: 'a core-second', ours: rates.ours };
  return [
    { ...line, peer: { name: 'Typst’s bare compile', rounds: rates.bare } },
    { ...line, peer: { name: 'pdfkit', rounds: rates.pdfkit } },
    { ...line, peer: { name: 'Chromium', rounds: rates.chromium } },
  ];
}
