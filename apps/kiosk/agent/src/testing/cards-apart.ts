/**
 * Cards in a process of their own, as cards are: a reader over PC/SC may hold up the program that asks it, and a card that lived in that
 * program could not answer meanwhile. One JSON text a line, each answered by an empty line.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type CardFile, parseCardFile } from '@machikado/card';
import type { LaidCard } from './laid-card.ts';

export type CardOrder =
  | { readonly lay: string; readonly pulledAway: boolean; readonly port: number }
  | { readonly away: number };

export interface CardsApart {
  layDown(card: LaidCard, port: number): Promise<void>;
  takeAway(port: number): Promise<void>;
  /** What the chip of the card that was laid last at this port holds. */
  chipAt(port: number): CardFile;
  close(): Promise<void>;
}

export async function startCardsApart(): Promise<CardsApart> {
  const dir = mkdtempSync(join(tmpdir(), 'cards-apart-'));
  const fileAt = (port: number) => join(dir, `${port}.json`);
  const program = fileURLToPath(new URL('./cards-apart-program.ts', import.meta.url));
  const cards: ChildProcess = spawn(process.execPath, ['--import', 'tsx', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = createInterface({ input: cards.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  const answered = async () => {
    if ((await answers.next()).done) throw new Error('the cards are gone');
  };
  const order = async (what: CardOrder) => {
    cards.stdin?.write(`${JSON.stringify(what)}\n`);
    await answered();
  };
  await answered();
  return {
    async layDown({ file, pulledAway = false }, port) {
      writeFileSync(fileAt(port), JSON.stringify(file));
      await order({ lay: fileAt(port), pulledAway, port });
    },
    takeAway: (port) => order({ away: port }),
    chipAt: (port) => parseCardFile(readFileSync(fileAt(port), 'utf8')),
    async close() {
      cards.kill();
      if (cards.exitCode === null && cards.signalCode === null) await once(cards, 'exit');
      rmSync(dir, { recursive: true });
    },
  };
}
