/** Sheets full of letters, one a cell, typeset by Typst and put before the inspection like a certificate. */
import { readFileSync } from 'node:fs';
import type { Expectation, ExpectedCell, PdfReader, PdfReading } from '@machikado/inspection';
import { inspectCertificate } from '@machikado/inspection';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { chooseFonts } from '../font-choices.ts';
import type { Font } from '../font-manifest.ts';
import { codePointsOf } from '../missing-glyphs.ts';
import { outlineOf } from '../outline-of.ts';

const REFERENCE = '0f1e2d3c4b5a6978';
const CELL_MM = 7.5;
const COLUMNS = 23;
export const lettersPerSheet = COLUMNS * 31;

const FORM = `
#let data = json(bytes(sys.inputs.data))
#set page(width: 210mm, height: 297mm, margin: 0mm)
#set text(
  font: data.fonts, lang: "ja", region: "JP", fallback: false, cjk-latin-spacing: none, ligatures: false,
  top-edge: 0.88em, bottom-edge: -0.12em,
)
#let letters(body) = {
  let drawn = text(body)
  for choice in data.letters { drawn = { show regex(choice.pattern): set text(font: choice.font); drawn } }
  drawn
}
#for (number, sheet) in data.sheets.enumerate(start: 1) {
  if number > 1 { pagebreak() }
  for (x, y, letter) in sheet { place(dx: x * 1mm, dy: y * 1mm, text(size: data.pt * 1pt, letters(letter))) }
  place(dx: 120mm, dy: 288mm, text(size: 7.5pt, "${REFERENCE}　" + str(number) + " / " + str(data.sheets.len())))
}`;

export interface LetterSheets {
  /** Letters on which the inspection found something, with the codes of the findings. Their sheets as PDF for looking at. */
  inspect(letters: readonly string[], pt?: number): Promise<{ found: FoundOnLetter[]; pdf: Uint8Array }>;
}

export interface FoundOnLetter {
  readonly letter: string;
  readonly codePoints: string;
  readonly codes: readonly string[];
}

/** `drawnWith`: the font files that the typesetter really gets, if not those of the manifest. */
export function createLetterSheets(
  fonts: readonly Font[],
  reader: PdfReader,
  drawnWith: readonly string[] = fonts.map(({ file }) => file),
): LetterSheets {
  const fontBlobs = [...new Set(drawnWith)].map((file) => readFileSync(file));
  const compiler = NodeCompiler.create({ fontArgs: [{ fontBlobs }] });
  return {
    async inspect(letters, pt = 10.5) {
      const sheets = sheetsOf(letters);
      const placed = sheets.map((sheet) => sheet.map(({ box, text }) => [box.xMm + 2.5, box.yMm + 1.5, text]));
      const content = { pt, sheets: placed };
      const data = JSON.stringify({ ...content, ...chooseFonts(JSON.stringify(content), fonts) });
      const pdf = new Uint8Array(compiler.pdf({ mainFileContent: FORM, inputs: { data } }));
      compiler.evictCache(0);
      return { found: findingsByLetter(await reader.read(pdf), sheets, fonts), pdf };
    },
  };
}

function sheetsOf(letters: readonly string[]): ExpectedCell[][] {
  const cells = letters.map((text, i) => {
    const at = i % lettersPerSheet;
    const [xMm, yMm] = [20 + (at % COLUMNS) * CELL_MM, 15 + Math.floor(at / COLUMNS) * CELL_MM];
    return { where: codePointsOf(text), text, box: { xMm, yMm, wMm: CELL_MM, hMm: CELL_MM } };
  });
  const count = Math.ceil(letters.length / lettersPerSheet);
  return Array.from({ length: count }, (_, i) => cells.slice(i * lettersPerSheet, (i + 1) * lettersPerSheet));
}

/** The whole document first; where that is not sound, letter by letter. */
function findingsByLetter(reading: PdfReading, sheets: ExpectedCell[][], fonts: readonly Font[]): FoundOnLetter[] {
  const expected: Expectation = {
    orderReference: REFERENCE,
    pages: sheets.map((cells) => ({ cells, bare: [] })),
    outlineOf: (letter) => outlineOf(letter, fonts),
  };
  if (inspectCertificate(reading, expected).length === 0) return [];
  return sheets.flatMap((cells, sheet) =>
    cells.flatMap((cell) => {
      const pages = sheets.map((_, i) => ({ cells: i === sheet ? [cell] : [], bare: [] }));
      const codes = inspectCertificate(onlyLetterIn(reading, sheet, cell), { ...expected, pages }).map(
        ({ code }) => code,
      );
      return codes.length > 0 ? [{ letter: cell.text, codePoints: cell.where, codes }] : [];
    }),
  );
}

function onlyLetterIn({ pages }: PdfReading, sheet: number, { box }: ExpectedCell): PdfReading {
  const inBox = (x: number, y: number) =>
    x >= box.xMm && x < box.xMm + box.wMm && y >= box.yMm && y < box.yMm + box.hMm;
  return {
    pages: pages.map((page, i) => ({
      ...page,
      glyphs: page.glyphs.filter(
        ({ originXMm, originYMm }) => originYMm > 285 || (i === sheet && inBox(originXMm, originYMm)),
      ),
    })),
  };
}
