import { expect, test } from 'vitest';
import { createPdfWriter, refTo } from './pdf-writer.ts';

function small(word: string): string {
  const writer = createPdfWriter();
  const pages = writer.reserve();
  writer.stream('/Kind /Word', Buffer.from(word));
  writer.object(`<</Type /Pages /Count 0 /Kids []>>`, pages);
  return Buffer.from(writer.finish(writer.object(`<</Type /Catalog /Pages ${refTo(pages)}>>`))).toString('latin1');
}

test('the same content is the same bytes, and another content has another /ID', () => {
  expect(small('夕')).toBe(small('夕'));
  const id = (text: string) => /\/ID \[<(\w{32})>/.exec(text)?.[1];
  expect(id(small('a'))).toBeDefined();
  expect(id(small('a'))).not.toBe(id(small('b')));
});

test('the table says where each object begins', () => {
  const text = small('word');
  const from = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  const places = [...text.slice(from).matchAll(/^(\d{10}) 00000 n /gm)].map(([, place]) => Number(place));
  expect(places).toHaveLength(3);
  places.forEach((place, i) => {
    expect(text.slice(place)).toMatch(new RegExp(`^${i + 1} 0 obj\n`));
  });
});

test('an object that was promised and not written is a mistake, and so is one written twice', () => {
  const writer = createPdfWriter();
  const one = writer.reserve();
  expect(() => writer.finish(one)).toThrow(/promised/);
  writer.object('<<>>', one);
  expect(() => writer.object('<<>>', one)).toThrow(/once/);
});
