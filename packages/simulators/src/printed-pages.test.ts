import assert from 'node:assert/strict';
import { test } from 'vitest';
import { printedPages } from './printed-pages.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (document: Uint8Array) => new TextDecoder().decode(document);
const document = bytes('1 0 obj <</Type /Pages /Count 3 /Kids [3 0 R 5 0 R 7 0 R]>> endobj');

test('shows the pages of one sheet and moves no byte', () => {
  const shown = printedPages(document, [2, 2]);
  assert.equal(shown.length, document.length);
  assert.equal(text(shown), '1 0 obj <</Type /Pages /Count 1 /Kids [5 0 R            ]>> endobj');
});

test('leaves a tree of page lists, and what is no PDF, as it is', () => {
  for (const other of [bytes('/Kids [1 0 R] /Kids [2 0 R] /Count 1'), bytes('hello')])
    assert.equal(printedPages(other, [1, 1]), other);
});
