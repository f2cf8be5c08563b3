/**
 * 偽造・改ざん防止の付加 of one sheet, from the municipality's PDF to the treated PDF: strict intake, raster (pdfium), lossless code, seal, both sides
 * drawn; against a chain of programs that does the same work on pages (poppler, libvips, openssl, Ghostscript, qpdf). Then how many sheets a second
 * two workers treat as the center does it, whose raster comes from the inspection's reader: letters, drawings and digest are in that time as well.
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
  createTreatment,
  packFront,
  saltBytes,
  sealFront,
  type Treatment,
  treatmentKeysFrom,
} from '@machikado/antiforgery';
import { createPdfReader, freeMemory, type PdfReader } from '@machikado/inspection';
import { createTypesetter, typesetCertificate } from '../apps/issuer/src/forms/index.ts';
import { galleryCases } from '../apps/issuer/src/forms/testing/gallery/index.ts';
import { median } from './quantile.ts';
import { chainOfPrograms, missingPrograms } from './treatment/chain-of-programs.ts';
import { type Drawer, openDrawer } from './treatment/draw-pages.ts';

/** After so many documents the compiler has seen everything often enough. */
const warmUp = 60;
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

type Fronts = (clean: Uint8Array) => Promise<readonly CodedFront[]>;

/** From pdfium’s memory to black and white, with no copy of the grey picture between. */
function drawnAlone(draw: Drawer, treatment: Treatment): Fronts {
  return (clean) =>
    Promise.all(
      draw(clean, packFront).map(async (packed) => {
        const coded = await treatment.codePacked(packed);
        freeMemory([packed.bits]);
        assert(coded, 'usual fronts fit at 200 dpi');
        return coded;
      }),
    );
}

/** As the center does, which looks at the grey picture as well. */
function byInspection(reader: PdfReader, treatment: Treatment): Fronts {
  return async (clean) => {
    const { pages } = await reader.read(clean);
    const fronts = await Promise.all(pages.map(({ raster }) => treatment.codeFront(raster)));
    freeMemory(pages.map(({ raster }) => raster.data));
    return fronts;
  };
}

async function treat(pdf: Uint8Array, treatment: Treatment, frontsOf: Fronts): Promise<Uint8Array> {
  const clean = await treatment.takeIn(pdf);
  const fronts = await frontsOf(clean);
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
  return treatment.compose({ clean, sheets, style });
}

/** Of one sheet in each round: milliseconds on the clock, and of a core. */
type Times = Readonly<Record<'ours' | 'programs', { readonly wallMs: number[]; readonly cpuMs: number[] }>>;
export type Comparison = Times | { readonly missing: readonly string[] };

/** Both by turns, so that whatever else the machine does meets both. */
export async function compareTreatment(rounds: number): Promise<Comparison> {
  const missing = missingPrograms();
  if (missing.length > 0) return { missing };
  documents = await typesetUsual();
  const treatment = createTreatment({ workers: 1 });
  const fronts = drawnAlone(await openDrawer(), treatment);
  const folder = mkdtempSync(join(tmpdir(), 'machikado-bench-'));
  const chain = chainOfPrograms(folder);
  const times: Times = { ours: { wallMs: [], cpuMs: [] }, programs: { wallMs: [], cpuMs: [] } };
  // A center runs for days: what is measured is warm, on both sides.
  for (let i = 0; i < warmUp; i += 1) await treat(documentAt(i), treatment, fronts);
  chain.treat(documentAt(0));
  for (let round = 0; round < rounds; round += 1) {
    const pdf = documentAt(round);
    const a = clocks();
    await treat(pdf, treatment, fronts);
    const b = clocks();
    chain.treat(pdf);
    const c = clocks();
    times.ours.wallMs.push((b.wallMs - a.wallMs) / sheetsOf(pdf));
    times.programs.wallMs.push((c.wallMs - b.wallMs) / sheetsOf(pdf));
    times.ours.cpuMs.push((b.cpuMs - a.cpuMs) / sheetsOf(pdf));
    times.programs.cpuMs.push((c.cpuMs - b.cpuMs) / sheetsOf(pdf));
  }
  rmSync(folder, { recursive: true });
  await treatment.close();
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
    ['poppler, libvips, openssl, Ghostscript, qpdf', programs],
  ] as const)
    console.log(`${who} | ${median(wallMs).toFixed(1)} | ${median(cpuMs).toFixed(1)}`);
  const ratio = (key: 'wallMs' | 'cpuMs') => (median(programs[key]) / median(ours[key])).toFixed(1);
  console.log(`ratio | ${ratio('wallMs')} | ${ratio('cpuMs')}`);
}

/** Time on the wall, and time of a core: of all threads here and of the programs that have ended. */
function clocks(): { wallMs: number; cpuMs: number } {
  const { user, system } = process.cpuUsage();
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
  // cutime and cstime in hundredths of a second.
  const ended = Number(fields[13]) * 10 + Number(fields[14]) * 10;
  return { wallMs: performance.now(), cpuMs: (user + system) / 1000 + ended };
}

/** Two workers of each, as a center on two cores has them; a few copies are under way at once. */
async function measureThroughput(sheetsWanted: number): Promise<void> {
  if (documents.size === 0) documents = await typesetUsual();
  const treatment = createTreatment({ workers: 2 });
  const reader = createPdfReader({ workers: 2 });
  const fronts = byInspection(reader, treatment);
  const treatSheets = async (wanted: number): Promise<number> => {
    let [begun, sheets] = [0, 0];
    const lane = async () => {
      while (sheets < wanted) {
        const pdf = documentAt(begun++);
        await treat(pdf, treatment, fronts);
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
