import assert from 'node:assert/strict';
import { test } from 'vitest';
import { pageCount, printedPages } from './printed-pages.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (document: Uint8Array) => new TextDecoder().decode(document);
const document = bytes('1 0 obj <</Type /Pages /Count 3 /Kids [3 0 R 5 0 R 7 0 R]>> endobj');

test('shows the pages of one sheet and moves no byte', () => {
  const shown = printedPages(document, [2, 2]);
  assert.equal(shown.length, document.length);
  assert.equal(text(shown), '1 0 obj <</Type /Pages /Count 1 /Kids [5 0 R            ]>> endobj');
});

test('other trees of the document have kids and counts of their own, which stay', () => {
  const outline = '9 0 obj\n<<\n  /Type /Outlines\n  /Count 3\n  /Kids [1 0 R]\n>>\nendobj\n';
  const list = (pages: string) => `1 0 obj\n<<\n  /Type /Pages\n  ${pages}\n>>\nendobj\n`;
  const shown = printedPages(bytes(`${outline}${list('/Count 2\n  /Kids [3 0 R 5 0 R]')}`), [2, 2]);
  assert.equal(text(shown), `${outline}${list('/Count 1\n  /Kids [5 0 R      ]')}`);
  assert.equal(pageCount(shown), 1);
});

test('leaves a tree of page lists, and what is no PDF, as it is', () => {
  for (const other of [
    bytes('<</Type /Pages /Kids [1 0 R] /Count 1>> <</Type /Pages /Kids [2 0 R] /Count 1>>'),
    bytes('hello'),
  ])
    assert.equal(printedPages(other, [1, 1]), other);
});
