import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPdfReader } from '@machikado/inspection';
import { Deadline, systemClocks } from '@machikado/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
