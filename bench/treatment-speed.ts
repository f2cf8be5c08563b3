/**
 * 偽造・改ざん防止の付加 of one sheet, from the municipality's PDF to the treated PDF: strict intake, raster (pdfium), lossless code, seal, both sides
 * drawn; against a chain of programs that does the same work on pages (chain-of-programs.ts). Both have one core at a time: ours is one thread, of
 * the programs one runs after the other. Then how many sheets a second two workers treat as the center does it, where work goes from thread to
 * thread and the raster comes from the inspection's reader: letters, drawings and digest are in that time as well.
 *
 *   node --import tsx bench/treatment-speed.ts [rounds] [sheets]
 */
import { strict as assert } from 'node:assert';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type CodedFront,
  codeFrontAt,
  createTreatment,
  saltBytes,
  sealFront,
  type Treatment,
  takeIn,
  treatmentKeysFrom,
} from '@machikado/antiforgery';
import { createPdfReader, freeMemory, type PdfReader } from '@machikado/inspection';
import { createTypesetter, typesetCertificate } from '../apps/issuer/src/forms/index.ts';
import { galleryCases } from '../apps/issuer/src/forms/testing/gallery/index.ts';
import { composeCopy } from '../packages/antiforgery/src/treatment/compose-copy.ts';
import { median } from './quantile.ts';
import { chainOfPrograms, missingPrograms } from './treatment/chain-of-programs.ts';
import { type Drawer, openDrawer } from './treatment/draw-pages.ts';

/** After so many documents the compiler has seen everything often enough. */
const warmUp = 60;
/** So often all documents are treated before it is the turn of the programs, which take about as long for all of them once. */
const inARow = 16;
/** A certificate of each sort, each of another length. */
const usual = [
  'resident-record-family',
  'seal-registration-usual',
  'koseki-full-usual',
  'koseki-address-history-usual',
  'resident-record-alone',
];
const keys = treatmentKeysFrom({
  encryptionKeyId: 1,
  master: randomBytes(32),
  signingKeyId: 1,
  signingKey: generateKeyPairSync('ed25519').privateKey,
});
let documents = new Map<Uint8Array, number>();
const documentAt = (i: number) => [...documents.keys()][i % documents.size] as Uint8Array;
const sheetsOf = (pdf: Uint8Array) => documents.get(pdf) ?? 0;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [rounds = 25, sheetsWanted = 400] = process.argv.slice(2).map(Number);
  report(await compareTreatment(rounds));
  await measureThroughput(sheetsWanted);
}

async function typesetUsual(): Promise<Map<Uint8Array, number>> {
  const typesetter = createTypesetter({ workers: 1 });
  const reader = createPdfReader({ workers: 1 });
  const made = new Map<Uint8Array, number>();
  for (const { content } of galleryCases.filter(({ name }) => usual.includes(name))) {
    const { pdf } = await typesetCertificate(content, typesetter);
    made.set(pdf, (await reader.read(pdf)).pages.length);
  }
  await Promise.all([typesetter.close(), reader.close()]);
  return made;
}

/** What is done with a document beside sealing it. */
interface Steps extends Pick<Treatment, 'takeIn' | 'compose'> {
  frontsOf(clean: Uint8Array): Promise<readonly CodedFront[]>;
}

/** Fronts go from pdfium’s memory into the coder, with no copy between. */
function inOneThread(draw: Drawer): Steps {
  return {
    takeIn: async (pdf) => takeIn(pdf).toPdf(),
    frontsOf: async (clean) =>
      draw(clean, (raster) => {
        const coded = codeFrontAt(raster, 200);
        assert(coded, 'usual fronts fit at 200 dpi');
        return coded;
      }),
    compose: composeCopy,
  };
}

/** The picture goes to the main thread first, which looks at it as well. */
function inThreads(reader: PdfReader, treatment: Treatment): Steps {
  return {
    takeIn: treatment.takeIn,
    async frontsOf(clean) {
      const { pages } = await reader.read(clean);
      const fronts = await Promise.all(pages.map(({ raster }) => treatment.codeFront(raster)));
      freeMemory(pages.map(({ raster }) => raster.data));
      return fronts;
    },
    compose: treatment.compose,
  };
}

async function treat(pdf: Uint8Array, steps: Steps): Promise<Uint8Array> {
  const clean = await steps.takeIn(pdf);
  const fronts = await steps.frontsOf(clean);
  const sheets = await Promise.all(
    fronts.map(async (coded, i) => {
      const facts = {
        ...{ lgCode: '990019', issueNumber: '00000000000000ff', orderReference: '0f1e2d3c4b5a6978' },
        ...{ sheet: i + 1, of: fronts.length, issuedAt: new Date('2026-11-22T03:00:00Z') },
      };
      const sealed = await sealFront({ coded, facts, salt: randomBytes(saltBytes), keys });
      return { ...sealed, facts, freeBoxes: [{ xMm: 166, yMm: 256, wMm: 22, hMm: 22 }] };
    }),
  );
  const style = { copyWarning: 'middle-gain', inquiryUrl: 'https://kakunin.machikado.example/' } as const;
  return steps.compose({ clean, sheets, style });
}

/** Of one sheet in each round: milliseconds on the clock, and of a core. */
type Times = Readonly<Record<'ours' | 'programs', { readonly wallMs: number[]; readonly cpuMs: number[] }>>;
export type Comparison = Times | { readonly missing: readonly string[] };

/** Both by turns, so that whatever else the machine does meets both. */
export async function compareTreatment(rounds: number): Promise<Comparison> {
  const missing = missingPrograms();
  if (missing.length > 0) return { missing };
  documents = await typesetUsual();
  const steps = inOneThread(await openDrawer());
  const folder = mkdtempSync(join(tmpdir(), 'machikado-bench-'));
  const chain = chainOfPrograms(folder);
  const times: Times = { ours: { wallMs: [], cpuMs: [] }, programs: { wallMs: [], cpuMs: [] } };
  const sheets = [...documents.values()].reduce((sum, count) => sum + count);
  // A center runs for days: what is measured is warm, on both sides.
  for (let i = 0; i < warmUp; i += 1) await treat(documentAt(i), steps);
  chain.treat(documentAt(0));
  for (let round = 0; round < rounds; round += 1) {
    const a = clocks();
    for (let i = 0; i < inARow * documents.size; i += 1) await treat(documentAt(i), steps);
    const b = clocks();
    for (const pdf of documents.keys()) chain.treat(pdf);
    const c = clocks();
    times.ours.wallMs.push((b.wallMs - a.wallMs) / sheets / inARow);
    times.programs.wallMs.push((c.wallMs - b.wallMs) / sheets);
    times.ours.cpuMs.push((b.ownMs - a.ownMs) / sheets / inARow);
    times.programs.cpuMs.push((c.programsMs - b.programsMs) / sheets);
  }
  rmSync(folder, { recursive: true });
  return times;
}

function report(times: Comparison): void {
  if ('missing' in times) {
    console.log(`not compared: ${times.missing.join(', ')} missing`);
    return;
  }
  const { ours, programs } = times;
  console.log('per sheet | median ms | of a core');
  for (const [who, { wallMs, cpuMs }] of [
    ['treatment', ours],
    ['poppler, libvips, openssl, qrencode, Ghostscript, qpdf', programs],
  ] as const)
    console.log(`${who} | ${median(wallMs).toFixed(1)} | ${median(cpuMs).toFixed(1)}`);
  const ratio = (key: 'wallMs' | 'cpuMs') => (median(programs[key]) / median(ours[key])).toFixed(1);
  console.log(`ratio | ${ratio('wallMs')} | ${ratio('cpuMs')}`);
}

/** Time on the wall, and time of a core: of this process, and of the programs that have ended. What it costs Node.js to start them is nobody’s. */
function clocks(): { wallMs: number; ownMs: number; programsMs: number } {
  const { user, system } = process.cpuUsage();
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
  // cutime and cstime in hundredths of a second.
  const programsMs = Number(fields[13]) * 10 + Number(fields[14]) * 10;
  return { wallMs: performance.now(), ownMs: (user + system) / 1000, programsMs };
}

/** Two workers of each, as a center on two cores has them; a few copies are under way at once. */
async function measureThroughput(sheetsWanted: number): Promise<void> {
  if (documents.size === 0) documents = await typesetUsual();
  const treatment = createTreatment({ workers: 2 });
  const reader = createPdfReader({ workers: 2 });
  const steps = inThreads(reader, treatment);
  const treatSheets = async (wanted: number): Promise<number> => {
    let [begun, sheets] = [0, 0];
    const lane = async () => {
      while (sheets < wanted) {
        const pdf = documentAt(begun++);
        await treat(pdf, steps);
        sheets += sheetsOf(pdf);
      }
    };
    await Promise.all(Array.from({ length: 4 }, lane));
    return sheets;
  };
  await treatSheets(warmUp);
  const started = performance.now();
  const sheets = await treatSheets(sheetsWanted);
  const seconds = (performance.now() - started) / 1000;
  await Promise.all([treatment.close(), reader.close()]);
  console.log(`sheets a second, two workers | ${(sheets / seconds).toFixed(1)}`);
}
