/** Documents of an invented form for the agent’s tests: fronts, backs and names as JSON, so that no typesetter or renderer is needed. */
import { marginLetters } from '@machikado/inspection';
import { orderReferenceOf } from '@machikado/protocol';
import type { SheetReader } from '../ports.ts';

interface FakeDocument {
  /** The margin of each front; a back is blank. */
  readonly pages: readonly string[];
  readonly names: readonly string[];
}

export function fakeDocument(orderId: string, sheets: number, names: readonly string[]): Uint8Array {
  const orderReference = orderReferenceOf(orderId);
  const pages = Array.from({ length: sheets }, (_, i) => [
    marginLetters({ orderReference, page: i + 1, of: sheets }),
    'back',
  ]).flat();
  return new TextEncoder().encode(JSON.stringify({ pages, names } satisfies FakeDocument));
}

export const fakeSheetReader: SheetReader = {
  async read(pdf) {
    const { pages, names } = JSON.parse(new TextDecoder().decode(pdf)) as FakeDocument;
    return { pageCount: pages.length, margins: pages.filter((_, i) => i % 2 === 0), names };
  },
};
