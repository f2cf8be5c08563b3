/**
 * 試す: what a visitor can do with a sheet in their hands: copy it, scan or photograph it. One piece of work at a time; chance comes in as seeds.
 * Copies lie beside the other sheets; pictures are kept in memory until all is put away.
 */
import { randomUUID } from 'node:crypto';
import type { PaperLevel } from '@machikado/simulators';
import type { ShotView, WorkView } from './bench-state.ts';
import type { Paper } from './paper-jobs.ts';
import type { Copying } from './printed-side.ts';
import type { SheetPainter } from './sheet-painter.ts';

export interface Trials {
  copy(sheet: string, mode: Copying['mode']): Promise<void>;
  shoot(sheet: string, camera: ShotView['camera'], quality: ShotView['quality']): Promise<void>;
  work(): WorkView | null;
  shots(): readonly ShotView[];
  /** A JPEG; undefined: no such picture. */
  shot(id: string): Uint8Array | undefined;
  putAway(): void;
}

export interface Desk {
  find(sheet: string): Paper | undefined;
  /** A new sheet, and its sides as an eye sees them (JPEG). */
  lay(paper: Paper, faces: readonly Uint8Array[]): void;
}

interface Shot {
  readonly view: ShotView;
  readonly jpeg: Uint8Array;
}

export interface TrialTools {
  readonly desk: Desk;
  readonly painter: SheetPainter;
  /** 32 bits of chance. */
  readonly seed: () => number;
  readonly changed: () => void;
}

export function openTrials({ desk, painter, seed, changed }: TrialTools): Trials {
  let work: WorkView | null = null;
  let shots: readonly Shot[] = [];
  /** Whatever is under way for what was put away has nowhere to lie. */
  let desktop = {};

  const show = (now: WorkView | null) => {
    work = now;
    changed();
  };
  /** `job` is told whether its sheet still lies there. */
  const begin = async (
    sheet: string,
    kind: WorkView['kind'],
    job: (paper: Paper, lies: () => boolean) => Promise<void>,
  ) => {
    const paper = desk.find(sheet);
    if (!paper || (work && !work.failed)) return;
    const own = desktop;
    show({ sheet, kind, done: 0, of: paper.sides, failed: false });
    try {
      await job(paper, () => own === desktop);
      if (own === desktop) show(null);
    } catch {
      if (own === desktop) show({ sheet, kind, done: 0, of: paper.sides, failed: true });
    }
  };
  const advance = (done: number) => work && show({ ...work, done });

  return {
    copy: (sheet, mode) =>
      begin(sheet, 'copy', async (paper, lies) => {
        const copies = [...paper.copies, { mode, seed: seed() }];
        const copy = { ...paper, id: randomUUID(), copies, copyOf: paper.id };
        const faces: Uint8Array[] = [];
        while (faces.length < copy.sides) {
          faces.push(await painter.look(copy, faces.length + 1, 'eye'));
          if (!lies()) return;
          advance(faces.length);
        }
        desk.lay(copy, faces);
      }),
    shoot: (sheet, camera, quality) =>
      begin(sheet, camera, async (paper, lies) => {
        const level: PaperLevel = `${camera}-${quality}`;
        const jpegs = await painter.shoot(paper, level, seed(), (done) => lies() && advance(done));
        if (!lies()) return;
        const group = randomUUID();
        const taken = jpegs.map((jpeg, i) => ({
          view: { id: randomUUID(), group, sheet, side: i + 1, camera, quality },
          jpeg,
        }));
        shots = [...shots, ...taken];
      }),
    work: () => work,
    shots: () => shots.map(({ view }) => view),
    shot: (id) => shots.find(({ view }) => view.id === id)?.jpeg,
    putAway() {
      desktop = {};
      shots = [];
      work = null;
    },
  };
}
