/** From the clean document and the sealed sheets to the treated copy: pages 2n − 1 and 2n are front and back of sheet n. */
import { strict as assert } from 'node:assert';
import { buildCells } from '../format/cells.ts';
import { takeIn } from '../intake/take-in.ts';
import { sheetPt } from '../paper/operators.ts';
import { boxFromMm } from '../paper/places.ts';
import { makeStationery, type Stationery } from '../paper/stationery.ts';
import type { TreatmentStyle } from '../paper/treatment-style.ts';
import { writeTreatedCopy } from '../paper/write-treated-copy.ts';
import type { TreatmentJob } from './treatment-job.ts';
import { TreatmentRefusal } from './treatment-refusal.ts';

/** A4 as any program writes it. */
const toleratedPt = 3;

/** Throws TreatmentRefusal and IntakeRefusal. */
export async function composeCopy({ clean, sheets, style }: TreatmentJob): Promise<Uint8Array> {
  const document = await takeIn(clean).withoutRgb();
  assert.equal(document.pages.length, sheets.length, 'one sheet for each page');
  if (!document.pages.every(isA4)) throw new TreatmentRefusal('UNSUPPORTED');
  const treated = sheets.map(({ header, ciphertext, freeBoxes, facts }, i) => {
    assert(facts.sheet === i + 1 && facts.of === sheets.length, 'sheets come in their order');
    return {
      formHeightPt: document.pages[i]?.heightPt ?? 0,
      keptFree: freeBoxes.map(boxFromMm),
      cells: buildCells(header, ciphertext),
      ...facts,
    };
  });
  return writeTreatedCopy(document, treated, await stationeryOf(style));
}

const isA4 = ({ widthPt, heightPt }: { widthPt: number; heightPt: number }): boolean =>
  Math.abs(widthPt - sheetPt.width) < toleratedPt && Math.abs(heightPt - sheetPt.height) < toleratedPt;

/** A center has one address and three presets: more than a few at once means that something is wrong with the settings. */
const drawersMax = 12;
const drawers = new Map<string, Promise<Stationery>>();

function stationeryOf(style: TreatmentStyle): Promise<Stationery> {
  const key = JSON.stringify([style.copyWarning, style.inquiryUrl, style.linePhase ?? false]);
  const made = drawers.get(key) ?? makeStationery(style);
  if (drawers.size >= drawersMax) drawers.clear();
  drawers.set(key, made);
  return made;
}
