/**
 * The lesson: genuine fronts, printed and seen as in the bench and laid over their sealed pictures, and for each the sealed pictures of certificates
 * with exchanged letters. `train.py` learns from the folder.
 *
 *   node --import tsx bench/forgeries/learn/make-pages.ts DIR --seed S [--rounds 3] [--part 0/2]
 */
import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Bilevel,
  buildCells,
  type CopyWarningPreset,
  codeFrontAt,
  copyWarningPresets,
  inkBelow,
  type Raster,
} from '@machikado/antiforgery';
import { drawParameters, type PaperLevel, printAndScan } from '@machikado/simulators';
import { galleryCases } from '../../../apps/issuer/src/forms/testing/gallery/index.ts';
import type { TypesetJob } from '../../../apps/issuer/src/forms/typesetter.ts';
import { readPictures } from '../../../apps/verification/src/examination/read-pictures.ts';
import { type LaidOver, layOver } from '../../../packages/antiforgery/src/comparison/lay-over.ts';
import { chanceOf } from '../chance.ts';
import { sideOf } from '../draw-side.ts';
import { showThroughOf } from '../show-through-of.ts';
import { type Certificate, openWorkshop, type Typeset } from '../workshop.ts';
import { exchangeLetters, sowLetters } from './exchange-letters.ts';
import { regionsOf } from './regions.ts';

/** Two of three are good, as those that promises are made of. Poor ones without coffee and pens, which are no part of what was sealed. */
const LEVELS: readonly PaperLevel[] = [
  ...(['flatbed-good', 'phone-good', 'flatbed-good', 'phone-good'] as const),
  ...(['flatbed-poor', 'phone-poor'] as const),
];
const PRESETS = Object.keys(copyWarningPresets) as CopyWarningPreset[];
const COLOUR_EVERY = 20;
/** Of each sheet. */
const EXCHANGED = 6;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '3' },
    part: { type: 'string', default: '0/1' },
  },
});
const [folder] = positionals;
assert(folder, 'where to');
mkdirSync(folder, { recursive: true });
const [part, parts] = values.part.split('/').map(Number) as [number, number];

const workshop = openWorkshop();
for (let round = 0; round < Number(values.rounds); round++)
  for (const [i, document] of chanceOf(`lessons ${values.seed} ${round}`).shuffled(galleryCases).entries()) {
    const name = `${values.seed}-${document.name}-${round}`;
    if (i % parts !== part || existsSync(join(folder, `${name}.json`))) continue;
    await makePage(folder, name, await workshop.issue(document), round);
  }
await workshop.close();

/** In two rounds of three what is printed is full of letters that others may be taken for: the gallery alone has few. */
async function makePage(into: string, name: string, certificate: Certificate, round: number): Promise<void> {
  const chance = chanceOf(`lesson ${name}`);
  const sheet = chance.whole(certificate.sheets.length);
  const sown = { ...certificate.job, data: sowLetters(certificate.job.data, chance) };
  const printed = round % 3 === 0 ? certificate : ((await sameSheets(sown, certificate)) ?? certificate);
  const others = await exchangedCopies(printed === certificate ? certificate.job : sown, certificate, name);
  const [back, front] = [certificate.sheets[sheet], printed.fronts[sheet]];
  assert(back && front);
  if (!codeFrontAt(front, 200)) return console.log(`${name}: too dense for 200 dpi`);
  const sealed = { ...inkOf(front), dpi: 200 };
  const exchanged = others.map(({ fronts }) => inkOf(fronts[sheet] as Raster));
  const [copyWarning, level, inColour] = [chance.pick(PRESETS), chance.pick(LEVELS), chance.whole(COLOUR_EVERY) === 0];
  const pdf = await workshop.print(printed.clean, certificate.sheets, copyWarning);
  const { jpeg, parameters } = await printAndScan({
    page: await sideOf(pdf, 2 * sheet + 1)(inColour),
    front: showThroughOf(buildCells(back.header, back.ciphertext)),
    ...circumstances(level, chance.whole(2 ** 31)),
  });
  const [picture] = await readPictures([{ role: 'either', bytes: jpeg }]);
  assert(picture);
  const laid = layOver(sealed, picture.luminance);
  if (!laid) return console.log(`${name}: not laid over`);
  const file = (what: string) => join(into, `${name}.${what}`);
  writeFileSync(file('photo'), photoBytes(laid));
  writeFileSync(file('bits'), packed([sealed, ...exchanged]));
  const regions = exchanged.map((other) => regionsOf(sealed, other));
  const { width, height } = sealed;
  const facts = { name, document: certificate.document.name, sheet, level, copyWarning, inColour, width, height };
  writeFileSync(file('json'), JSON.stringify({ ...facts, regions, parameters }));
  console.log(`${name}, ${level}: ${regions.map(({ length }) => length).join(' ')} changes`);
}

function circumstances(level: PaperLevel, seed: number) {
  const { damage } = drawParameters('flatbed-good', seed);
  return { seed, conditions: { ...drawParameters(level, seed), damage } };
}

async function exchangedCopies(job: TypesetJob, like: Typeset, name: string): Promise<Typeset[]> {
  const copies: Typeset[] = [];
  for (let tried = 0; copies.length < EXCHANGED && tried < 2 * EXCHANGED; tried++) {
    const data = exchangeLetters(job.data, chanceOf(`lesson ${name} ${tried}`), isTaught);
    const typeset = await sameSheets({ ...job, data }, like);
    if (typeset) copies.push(typeset);
  }
  return copies;
}

/** Some texts do not fit their cells any more, or need another sheet. */
async function sameSheets(job: TypesetJob, { fronts }: Typeset): Promise<Typeset | undefined> {
  const typeset = await workshop.typeset(job);
  return typeset?.fronts.length === fronts.length ? typeset : undefined;
}

/** Every fifth pair of look-alikes is kept for the examination. */
function isTaught(from: string, to: string): boolean {
  const [a, b] = [from, to].map((letter) => letter.codePointAt(0) as number) as [number, number];
  return (a + b) % 5 !== 0;
}

function inkOf({ width, height, data }: Raster): Bilevel {
  return { width, height, bits: data.map((grey) => Number(grey < inkBelow)) };
}

/** Pixel by pixel its four quarters and the dots; tone −0.5 … 1.5 as 0 … 255. */
function photoBytes({ tone, cleaned, quarters, paper, contrast }: LaidOver): Uint8Array {
  const out = new Uint8Array(tone.values.length * 5);
  const byte = (value: number) => Math.max(0, Math.min(255, Math.round((value + 0.5) * 127.5)));
  for (let at = 0, to = 0; at < tone.values.length; at++) {
    for (const { values } of quarters) out[to++] = byte(((values[at] as number) - (paper[at] as number)) / contrast);
    out[to++] = byte((tone.values[at] as number) - (cleaned.values[at] as number));
  }
  return out;
}

/** One picture after the other, eight pixels a byte. */
function packed(pictures: readonly Bilevel[]): Uint8Array {
  return Buffer.concat(
    pictures.map(({ bits }) => {
      const out = new Uint8Array(Math.ceil(bits.length / 8));
      for (let at = 0; at < bits.length; at++)
        if (bits[at]) out[at >> 3] = (out[at >> 3] as number) | (128 >> (at & 7));
      return out;
    }),
  );
}
