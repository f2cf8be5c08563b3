/** 痕跡 at the glass: what is left of a person in the page, in the browser’s memory, in its profile folder, and in the agent’s folder. */

import type { PersonaKey } from '@machikado/registry';
import type { Page } from 'playwright-core';
import type { Stage } from '../fault-table.ts';
import { ofCard, ofPerson } from '../traces/of-people.ts';
import { searchFolder, searchLines } from '../traces/places.ts';
import { createTraceScanner, type TraceScanner } from '../traces.ts';
import { inPage } from './in-page.ts';

/** Of these people, of all who live with them, and of their cards. */
export function scannerFor(
  stage: Pick<Stage, 'household' | 'card' | 'residentId'>,
  people: readonly PersonaKey[],
  lgCode?: string,
): TraceScanner {
  return createTraceScanner(
    people.flatMap((person) => {
      const { members, address } = stage.household(person, lgCode);
      const { auth, file } = stage.card(person, lgCode);
      return [
        ...members.flatMap((member) => ofPerson(member, address)),
        ...ofCard(auth.serial, file.auth?.cert ?? '', stage.residentId(person, lgCode)),
      ];
    }),
  );
}

/** In the page as it stands, and in everything that it could have stored. */
export async function leftInPage(page: Page, scanner: TraceScanner): Promise<readonly string[]> {
  const contents = await inPage<string[]>(page, 'page-contents', 'pageContents', null);
  const stored = await inPage<string[]>(page, 'page-contents', 'storedThings', null);
  return [...searchLines(scanner, 'page', contents).found, ...stored];
}

/** In the page’s memory, after what nobody holds any more was thrown away. */
export async function leftInMemory(page: Page, scanner: TraceScanner): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  const { strings } = JSON.parse(chunks.join('')) as { strings: string[] };
  return scanner.scanAsItIs(Buffer.from(strings.join('\n'))).map((trace) => `memory of the page: ${trace}`);
}

export const leftInFolder = (...[dir, scanner, ...which]: LeftIn): readonly string[] =>
  searchFolder(scanner, dir, ...which).found;
type LeftIn = [dir: string, scanner: TraceScanner, leftOut?: readonly string[], isWanted?: (file: string) => boolean];
