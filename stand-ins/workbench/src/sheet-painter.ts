/** Pictures of sheets. Plain ones come at once; what an eye or a camera sees of the printed paper takes seconds, in a thread of its own. */
import type { PaperLevel } from '@machikado/simulators';
import type { Drawing, Look, Paper, PaperAnswer } from './paper-jobs.ts';
import { openPaperLine } from './paper-line.ts';

export interface SheetPainter {
  sides(pdf: Uint8Array): Promise<number>;
  /** A PNG. */
  paint(pdf: Uint8Array, drawing: Drawing): Promise<Uint8Array>;
  /** A JPEG. */
  look(paper: Paper, side: number, look: Look): Promise<Uint8Array>;
  /** A JPEG of each side. */
  shoot(
    paper: Paper,
    level: PaperLevel,
    seed: number,
    progress: (done: number) => void,
  ): Promise<readonly Uint8Array[]>;
  close(): Promise<void>;
}

export function createSheetPainter(): SheetPainter {
  const quick = openPaperLine({ patienceMs: 20_000, idleMs: 600_000 });
  const slow = openPaperLine({ patienceMs: 180_000, idleMs: 30_000 });
  const picture = async (answer: Promise<PaperAnswer>) => {
    const [first] = picturesIn(await answer);
    if (!first) throw new Error('nothing was drawn');
    return first;
  };
  return {
    async sides(pdf) {
      const result = await quick.ask({ job: 'sides', pdf });
      return 'sides' in result ? result.sides : 1;
    },
    paint: (pdf, drawing) => picture(quick.ask({ job: 'draw', pdf, drawing })),
    look: (paper, side, look) => picture(slow.ask({ job: 'look', paper, side, look })),
    async shoot(paper, level, seed, progress) {
      return picturesIn(await slow.ask({ job: 'shoot', paper, level, seed }, progress));
    },
    async close() {
      await Promise.all([quick.close(), slow.close()]);
    },
  };
}

function picturesIn(answer: PaperAnswer): readonly Uint8Array[] {
  if ('pictures' in answer) return answer.pictures;
  throw new Error('the sheet could not be drawn');
}
