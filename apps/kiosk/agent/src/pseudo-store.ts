/** 擬似店舗: `npm run pseudo-store -- …`, the kiosk’s agent without a screen. For tests, load, and other people’s centers. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createPdfReader } from '@machikado/inspection';
import type { Offers } from '@machikado/protocol';
import { ConfigError } from '@machikado/server';
import { pdfSheetReader } from './adapters/pdf-sheet-reader.ts';
import { exitCodes } from './pseudo-store/exit-codes.ts';
import { runLoad, summarise } from './pseudo-store/load.ts';
import { defaultTownFile, parseOptions, type StoreOptions, UsageError } from './pseudo-store/options.ts';
import { openStore, type Store } from './pseudo-store/store.ts';
import { progress, type Say, tellLoad, tellUse } from './pseudo-store/tell.ts';
import { tellOffers } from './pseudo-store/tell-offers.ts';
import { usage } from './pseudo-store/usage.ts';
import { readTownFile } from './town-file.ts';

const READERS_MAX = 2;

async function main(argv: readonly string[]): Promise<number> {
  const options = parseOptions(argv);
  if (options === 'help') {
    const town = existsSync(defaultTownFile) ? readTownFile(resolve(defaultTownFile)) : undefined;
    console.log(usage(town));
    return 0;
  }
  const reader = createPdfReader({ workers: Math.min(options.parallel, READERS_MAX) });
  try {
    return await run(options, pdfSheetReader(reader));
  } finally {
    await reader.close();
  }
}

async function run(options: StoreOptions, sheetReader: ReturnType<typeof pdfSheetReader>): Promise<number> {
  const { outDir, json, loop, parallel } = options;
  const say: Say = json ? () => undefined : console.log;
  mkdirSync(outDir, { recursive: true });
  const stores = await Promise.all(Array.from({ length: parallel }, (_, i) => openStore(options, i, sheetReader)));
  try {
    const recovered = stores.flatMap((store) => store.recovered);
    const leftPaper = stores.flatMap((store) => store.leftPaper);
    if (recovered.length > 0) say(`↻ ${recovered.length} 件の取引を復旧しました  orders of a killed kiosk settled`);
    if (leftPaper.length > 0) say(`↻ 取り忘れの証明書 ${leftPaper.length} 枚  sheets were left in the tray`);
    const [first] = stores;
    if (options.listOffers && first) return await listOffers(first, json);
    const alone = loop * parallel === 1;
    const reports = alone
      ? await Promise.all(stores.map((store) => store.use(progress(say))))
      : await runLoad(stores, loop);
    const summary = alone ? reports[0] : summarise(reports);
    const whole = { ...summary, recovered, leftPaper };
    writeFileSync(join(outDir, 'report.json'), `${JSON.stringify(whole, null, 2)}\n`);
    if (json) console.log(JSON.stringify(whole));
    else if (alone && reports[0]) tellUse(reports[0], say);
    else tellLoad(summarise(reports), say);
    return Math.max(...reports.map(({ ending }) => exitCodes[ending].code));
  } finally {
    await Promise.all(stores.map((store) => store.close()));
  }
}

/** On the terminal only: nothing that names a person goes into the report. */
async function listOffers(store: Store, json: boolean): Promise<number> {
  const heard: Offers[] = [];
  const report = await store.use({ onOffers: (offers) => void heard.push(offers) });
  const [offered] = heard;
  if (!offered) {
    tellUse(report, console.error);
    return exitCodes[report.ending].code;
  }
  if (json) console.log(JSON.stringify({ ...offered, sessionId: undefined }));
  else tellOffers(offered, console.log);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError || error instanceof ConfigError) {
    console.error(`${error.message}\n(--help で使い方を表示します  --help shows the options)`);
    process.exitCode = exitCodes.usage.code;
  } else {
    console.error(error);
    process.exitCode = exitCodes.internal.code;
  }
}
