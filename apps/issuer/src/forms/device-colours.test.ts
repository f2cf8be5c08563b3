import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createPdfReader } from '@machikado/inspection';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { afterAll, expect, test } from 'vitest';
import { toDeviceColours } from './device-colours.ts';
import { drawSeal } from './draw-seal.ts';
import { defaultFonts } from './font-manifest.ts';

const reader = createPdfReader({ workers: 1 });
afterAll(() => reader.close());

const page = `
#set page(width: 210mm, height: 297mm)
#set text(font: "Noto Serif JP")
夕凪 #text(fill: luma(40%))[霧笛]
#rect(fill: rgb("#c8321e"))
#image(bytes(sys.inputs.seal), width: 22mm)
#image(bytes((0, 51, 102, 153, 204, 255)), format: (encoding: "luma8", width: 3, height: 2), width: 22mm)
#image(bytes((0, 51, 102, 153, 204, 255)), format: (encoding: "rgb8", width: 2, height: 1), width: 22mm)
`;

function fromTypst(): Buffer {
  const fontBlobs = defaultFonts().map(({ file }) => readFileSync(file));
  const compiler = NodeCompiler.create({ workspace: tmpdir(), fontArgs: [{ fontBlobs }] });
  return compiler.pdf({ mainFileContent: page, inputs: { seal: drawSeal('夕凪市長之印') } });
}

test('no profile is named any more, and the page is the same to the last pixel', async () => {
  const raw = fromTypst();
  const plain = toDeviceColours(Buffer.from(raw));
  expect(raw.toString('latin1')).toMatch(/\[\/ICCBased \d+ 0 R\]/);
  expect(plain.toString('latin1')).not.toMatch(/\/ICCBased/);
  expect(plain.length).toBe(raw.length);
  const [before, after] = [await reader.read(raw), await reader.read(plain)];
  expect(after.pages.map(({ digest }) => digest)).toEqual(before.pages.map(({ digest }) => digest));
});

test('a document without profiles stays as it is', () => {
  const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n[/DeviceGray]\nendobj\n');
  expect(toDeviceColours(pdf)).toBe(pdf);
});
