/** One trial: a sheet is made, printed and scanned, and looked at as the verification site looks at it. */
import { strict as assert } from 'node:assert';
import {
  buildCells,
  compareFronts,
  decodeSheet,
  openSheet,
  type Raster,
  readBack,
  type SealedFront,
} from '@machikado/antiforgery';
import { printAndScan } from '@machikado/simulators';
import { type GalleryCase, galleryCases } from '../../apps/issuer/src/forms/testing/gallery/index.ts';
import { readPictures } from '../../apps/verification/src/examination/read-pictures.ts';
import type { Sealed } from '../../packages/antiforgery/src/comparison/lay-over.ts';
import { openingKeys } from '../keys.ts';
import { type Chance, chanceOf } from './chance.ts';
import { classes } from './classes/index.ts';
import { sideOf } from './draw-side.ts';
import type { Forged, Page, Side } from './forged.ts';
import type { ScanFolder } from './keep-scans.ts';
import type { Trial } from './plan.ts';
import { showThroughOf } from './show-through-of.ts';
import type { Specimen } from './specimen.ts';
import type { Certificate, Workshop } from './workshop.ts';

type Compared = ReturnType<typeof compareFronts>;

export interface TrialResult {
  readonly trial: Trial;
  readonly what: string;
  readonly verdict: Compared['verdict'] | `refused ${string}`;
  readonly share?: number;
  readonly doubt?: string;
  /** Of a forgery that differs: something was marked where it was forged. */
  readonly found?: boolean;
  readonly compareMs?: number;
}

/** For whoever wants to see how it came out. */
export interface Evidence {
  readonly jpeg?: Uint8Array;
  readonly sealed?: Sealed;
  readonly compared?: Compared;
  readonly where?: Forged['where'];
}

export interface Seen {
  readonly result: TrialResult;
  readonly evidence: Evidence;
}

/** Keeps the last documents and the last page, because trials come sorted by them. Scans that are there are not made anew. */
export function openBench(workshop: Workshop, scans?: ScanFolder): { run(trial: Trial): Promise<Seen> } {
  const issued = new Map<string, Promise<Certificate>>();
  const issue = (document: GalleryCase) => {
    const known = issued.get(document.name) ?? workshop.issue(document);
    issued.delete(document.name);
    issued.set(document.name, known);
    for (const name of issued.keys()) if (issued.size > DOCUMENTS_KEPT) issued.delete(name);
    return known;
  };
  const once = keepLast();
  return {
    async run(trial) {
      const known = await scans?.find(trial);
      if (known) return look(known, trial);
      const chance = chanceOf(trial.name);
      const documents = [documentNamed(trial.document), ...chance.shuffled(galleryCases)];
      for (const document of trial.row === 'honest' ? documents.slice(0, 1) : documents) {
        const forged = await sheetOf(trial, { document, chance, issue, workshop, once });
        if (!forged) continue;
        const specimen = await specimenOf(forged, trial, chance);
        await scans?.keep(trial, specimen);
        return look(specimen, trial);
      }
      throw new RangeError(`no document can be forged so: ${trial.row}`);
    },
  };
}

const DOCUMENTS_KEPT = 8;

interface Making {
  readonly document: GalleryCase;
  readonly chance: Chance;
  readonly issue: (document: GalleryCase) => Promise<Certificate>;
  readonly workshop: Workshop;
  readonly once: ReturnType<typeof keepLast>;
}

async function sheetOf(trial: Trial, { document, chance, issue, workshop, once }: Making): Promise<Forged | undefined> {
  const certificate = await issue(document);
  const { copyWarning } = trial;
  if (trial.row === 'honest') return honestSheet(certificate, trial, { workshop, once });
  const other = () =>
    issue(
      chance.pick(
        galleryCases.filter(({ name, content }) => content.kind === document.content.kind && name !== document.name),
      ),
    );
  return classes[trial.row].forge({ certificate, other, copyWarning, workshop, chance });
}

async function honestSheet(
  certificate: Certificate,
  { copyWarning }: Trial,
  { workshop, once }: Pick<Making, 'workshop' | 'once'>,
): Promise<Forged> {
  const key = `${certificate.document.name} ${copyWarning}`;
  const sheet = chanceOf(key).whole(certificate.sheets.length);
  const genuineBack = certificate.sheets[sheet];
  assert(genuineBack);
  const pdf = await workshop.print(certificate.clean, certificate.sheets, copyWarning);
  return {
    what: `sheet ${sheet + 1}`,
    front: (inColour) => once(`${key} ${inColour}`, () => sideOf(pdf, 2 * sheet + 1)(inColour)),
    back: sideOf(pdf, 2 * sheet + 2),
    genuineBack,
  };
}

function keepLast() {
  let last: { readonly key: string; readonly page: Promise<Page> } | undefined;
  return (key: string, draw: () => Promise<Page>): Promise<Page> => {
    if (last?.key !== key) last = { key, page: draw() };
    return last.page;
  };
}

async function specimenOf(forged: Forged, trial: Trial, chance: Chance): Promise<Specimen> {
  const { genuineBack } = forged;
  const about = { what: forged.what, ...(forged.where && { where: forged.where }) };
  const throughPaper = trial.bothSides || !genuineBack;
  const [seedOfBack, seedOfFront] = [chance.whole(2 ** 31), chance.whole(2 ** 31)];
  const opened = throughPaper
    ? read(await seen(await scan(forged.back, trial.level, false, seedOfBack)))
    : openedFrom(genuineBack);
  if ('refused' in opened) return { ...about, refused: opened.refused };
  const sealed = { ...opened.picture, dpi: opened.dpi };
  const shining = genuineBack && showThroughOf(buildCells(genuineBack.header, genuineBack.ciphertext));
  return { ...about, sealed, jpeg: await scan(forged.front, trial.level, trial.inColour, seedOfFront, shining) };
}

async function look(specimen: Specimen, trial: Trial): Promise<Seen> {
  const { what, where } = specimen;
  const forgedAt = where && { where };
  if ('refused' in specimen)
    return { result: { trial, what, verdict: `refused ${specimen.refused}` }, evidence: { ...forgedAt } };
  const { sealed, jpeg } = specimen;
  const { luminance: front } = await pictureOf(jpeg);
  const start = performance.now();
  const compared = compareFronts({ sealed, front });
  const { verdict, share, doubt, differences } = compared;
  const found = where && verdict === 'differs' ? differences.some((one) => overlap(one, where)) : undefined;
  return {
    result: {
      ...{ trial, what, verdict, share, compareMs: performance.now() - start },
      ...(doubt && { doubt }),
      ...(found !== undefined && { found }),
    },
    evidence: { jpeg, sealed, compared, ...forgedAt },
  };
}

async function scan(side: Side, level: Trial['level'], inColour: boolean, seed: number, front?: Raster) {
  const page = await side(inColour);
  return (await printAndScan({ page, seed, conditions: level, ...(front && { front }) })).jpeg;
}

async function pictureOf(jpeg: Uint8Array) {
  const [picture] = await readPictures([{ role: 'either', bytes: jpeg }]);
  assert(picture);
  return picture;
}

const seen = async (jpeg: Uint8Array) => (await pictureOf(jpeg)).largest;

function read(photo: Raster) {
  const soft = readBack(photo);
  if ('refused' in soft) return { refused: soft.refused };
  const decoded = decodeSheet(soft);
  return 'refused' in decoded ? decoded : openSheet({ ...decoded, keys: openingKeys });
}

function openedFrom({ header, ciphertext }: SealedFront) {
  const opened = openSheet({ header, ciphertext, keys: openingKeys });
  assert(!('refused' in opened), 'a genuine back opens');
  return opened;
}

type MmBox = NonNullable<Forged['where']>;

function overlap(a: MmBox, b: MmBox): boolean {
  return a.xMm < b.xMm + b.wMm && b.xMm < a.xMm + a.wMm && a.yMm < b.yMm + b.hMm && b.yMm < a.yMm + a.hMm;
}

function documentNamed(name: string): GalleryCase {
  const document = galleryCases.find((one) => one.name === name);
  if (!document) throw new RangeError(`no such document: ${name}`);
  return document;
}
