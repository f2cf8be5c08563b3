/** `ipptool` judges the simulated printer and `ippeveprinter` side by side. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blankPdf, ippPackages, ippPrograms, ippScore, startEvePrinter, withPrograms } from '@machikado/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveIppPrinter } from './ipp-printer-server.ts';
import { openPrinter } from './printer.ts';

withPrograms(ippPrograms, ippPackages, () => {
  const dir = mkdtempSync(join(tmpdir(), 'ipptool-'));
  const document = join(dir, 'two-pages.pdf');
  let eve: Awaited<ReturnType<typeof startEvePrinter>>;
  let ours: Awaited<ReturnType<typeof serveIppPrinter>>;

  beforeAll(async () => {
    writeFileSync(document, blankPdf(2));
    eve = await startEvePrinter();
    ours = await serveIppPrinter(openPrinter(join(dir, 'printer')), { port: 0, paceMs: 50 });
  });
  afterAll(async () => {
    await ours?.close();
    await eve?.close();
    rmSync(dir, { recursive: true });
  });

  test('ipp-1.1.test fails no more often than at ippeveprinter', async () => {
    const mine = await ippScore(ours.url, document, 'ipp-1.1.test');
    const theirs = await ippScore(eve.url, document, 'ipp-1.1.test');
    expect(mine.failed).toBe(0);
    expect(mine.failed).toBeLessThanOrEqual(theirs.failed);
    expect(mine.passed).toBeGreaterThanOrEqual(theirs.passed);
  });
});
