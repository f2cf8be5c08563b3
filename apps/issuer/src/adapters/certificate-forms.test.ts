import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createPdfReader } from '@machikado/inspection';
import { Deadline, systemClocks } from '@machikado/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formsFolder } from '../forms/form-contract.ts';
import { builtInFont, renamed, withPrivateUse, writeFontFolder } from '../forms/testing/altered-fonts.ts';
import { household, orderFor, person } from '../forms/testing/records.ts';
import type { Forms } from '../ports.ts';
import { createForms } from './certificate-forms.ts';

const FAMILY = 'YunagiGaijiJP';
const folder = mkdtempSync(path.join(tmpdir(), 'fonts-'));
const reader = createPdfReader({ workers: 1 });
let forms: Forms;
beforeAll(() => {
  const font = renamed(withPrivateUse(builtInFont(), 0xf0000), FAMILY);
  const row = { family: FAMILY, privateUse: ['U+F0000-F00FF'] };
  forms = createForms({ workers: 1, fontDirs: [writeFontFolder(path.join(folder, 'own'), font, row)] });
});
afterAll(async () => {
  await Promise.all([forms.close(), reader.close()]);
  rmSync(folder, { recursive: true });
});

test('the 外字 of one town is drawn and found again there, and is missing in another town of the same server', async () => {
  const letters = [{ privateUse: [{ letters: 'U+F0000', font: FAMILY }] }];
  const content = { ...orderFor(household([person(1, { name: '夕凪　\u{F0000}子' })])), letters };
  const copy = await forms.typeset(content, Deadline.after(30_000, systemClocks()));
  expect(forms.findingsOn(await reader.read(copy.pdf), content, copy)).toEqual([]);
  expect(forms.missingGlyphs('夕凪　\u{F0000}子', letters)).toEqual([]);
  expect(forms.missingGlyphs('夕凪　\u{F0000}子', [])).toEqual(['\u{F0000}']);
});

test('a town with forms of its own gets those, and the other town of the same server does not', async () => {
  const own = path.join(folder, 'forms');
  cpSync(fileURLToPath(formsFolder), own, { recursive: true });
  for (const name of ['contract.json', 'wording.json']) {
    const file = path.join(own, 'resident-record', '2025-05-26', name);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"title": "住民票"', '"title": "夕凪の住民票"'));
  }
  const content = orderFor(household([person(1)]));
  const ownContent = { ...content, forms: pathToFileURL(`${own}/`) };
  const deadline = Deadline.after(30_000, systemClocks());
  const copies = await Promise.all([content, ownContent].map((one) => forms.typeset(one, deadline)));
  const [other, mine] = await Promise.all(copies.map(async (copy) => ({ copy, reading: await reader.read(copy.pdf) })));
  if (!other || !mine) throw new RangeError('two were typeset');
  expect(forms.findingsOn(other.reading, content, other.copy)).toEqual([]);
  expect(forms.findingsOn(mine.reading, ownContent, mine.copy)).toEqual([]);
  expect(forms.findingsOn(mine.reading, content, mine.copy)).toContain('text-differs 1 title');
});
