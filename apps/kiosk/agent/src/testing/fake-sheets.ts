/** Documents of an invented form for the agent’s tests: pages and names as JSON, so that no typesetter or renderer is needed. */
import { digestOf } from '@machikado/pki';
import type { SheetReader } from '../ports.ts';

interface FakePage {
  readonly text: string;
}
interface FakeDocument {
  readonly pages: readonly FakePage[];
  readonly names: readonly string[];
}

export function fakeDocument(orderId: string, sheets: number, names: readonly string[]): Uint8Array {
  const pages = Array.from({ length: sheets }, (_, i) => ({
    text: `${orderId} ${i + 1}/${sheets} ${names.join('・')}`,
  }));
  return new TextEncoder().encode(JSON.stringify({ pages, names } satisfies FakeDocument));
}

export function pageDigestOf(pdf: Uint8Array, page: number): string {
  return digestOf(parse(pdf).pages[page - 1]?.text ?? '');
}

export const fakeSheetReader: SheetReader = {
  async read(pdf) {
    const { pages, names } = parse(pdf);
    return { pageDigests: pages.map(({ text }) => digestOf(text)), names };
  },
};

function parse(pdf: Uint8Array): FakeDocument {
  return JSON.parse(new TextDecoder().decode(pdf)) as FakeDocument;
}
