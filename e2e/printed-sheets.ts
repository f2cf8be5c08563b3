/** Paper as a resident takes it: a file for each sheet, with a front and a back. */
import { readFileSync } from 'node:fs';
import type { PageLetters, PdfReader } from '@machikado/inspection';
import { PAGES_PER_SHEET } from '@machikado/protocol';

/** What stands on the front of a printed sheet. */
export async function readFront(reader: Pick<PdfReader, 'readFronts'>, file: string): Promise<PageLetters> {
  const { pageCount, fronts } = await reader.readFronts(new Uint8Array(readFileSync(file)));
  const [front] = fronts;
  if (!front || pageCount !== PAGES_PER_SHEET) throw new RangeError(`a sheet with ${pageCount} sides: ${file}`);
  return front;
}
