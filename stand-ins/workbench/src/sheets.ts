/**
 * Sheets of paper, as a visitor sees them: in the output tray, then in their hands. Each has a random id as long as it is known here. What was
 * taken is kept in memory alone and forgotten when it is put away.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { SheetView } from './bench-state.ts';
import type { Drawing, Look, Paper } from './paper-jobs.ts';
import type { SheetPainter } from './sheet-painter.ts';
import type { Desk } from './trials.ts';

interface Sheet {
  readonly paper: Paper;
  readonly pictures: Map<string, Promise<Uint8Array>>;
}

/** The part of the printer’s front that holds paper. */
export interface OutputTray {
  /** Files of the sheets in the tray, oldest first. */
  paperInTray(): readonly string[];
  /** Everything is taken; the files move to the folder. */
  takePaper(to: string): readonly string[];
}

export interface Sheets {
  /** Looks into the tray for what came out since. */
  look(): Promise<void>;
  tray(): readonly SheetView[];
  taken(): readonly SheetView[];
  take(): Promise<void>;
  putAway(): void;
  /** undefined: no such sheet, or it has no such side. */
  picture(id: string, drawing: Drawing): Promise<Uint8Array> | undefined;
  /** The printed paper as an eye or a camera sees it. */
  lookAt(id: string, side: number, look: Look): Promise<Uint8Array> | undefined;
  /** For whoever makes more of a sheet in the visitor’s hands. */
  readonly desk: Desk;
}

export function openSheets(tray: OutputTray, painter: SheetPainter, dir: string, changed: () => void): Sheets {
  let lying: ReadonlyMap<string, Sheet> = new Map();
  let taken: readonly Sheet[] = [];

  const sheetOf = async (file: string): Promise<Sheet> => {
    const pdf = new Uint8Array(readFileSync(file));
    const paper = { id: randomUUID(), sides: await painter.sides(pdf), pdf, copies: [], copyOf: null };
    return { paper, pictures: new Map() };
  };
  let looking = Promise.resolve();
  const lookNow = async () => {
    const now = new Map<string, Sheet>();
    for (const file of tray.paperInTray()) now.set(file, lying.get(file) ?? (await sheetOf(file)));
    const same = now.size === lying.size && [...now.keys()].every((file) => lying.has(file));
    lying = now;
    if (!same) changed();
  };
  // One look after the other: two at once would give a sheet two ids.
  const look = () => {
    looking = looking.then(lookNow, lookNow);
    return looking;
  };
  const show = ({ paper: { id, sides, copies, copyOf } }: Sheet): SheetView => {
    const mode = copies.at(-1)?.mode;
    return { id, sides, copy: mode && copyOf ? { mode, of: copyOf } : null };
  };
  const kept = (sheet: Sheet | undefined, side: number, key: string, make: (paper: Paper) => Promise<Uint8Array>) => {
    if (!sheet || side > sheet.paper.sides) return undefined;
    const picture = sheet.pictures.get(key) ?? make(sheet.paper);
    sheet.pictures.set(key, picture);
    // A picture that failed may be asked for again.
    picture.catch(() => sheet.pictures.delete(key));
    return picture;
  };
  const find = (id: string) => [...lying.values(), ...taken].find(({ paper }) => paper.id === id);

  return {
    look,
    tray: () => [...lying.values()].map(show),
    taken: () => taken.map(show),
    async take() {
      const hand = mkdtempSync(join(dir, 'hand-'));
      const known = new Map([...lying].map(([file, sheet]) => [basename(file), sheet]));
      const files = tray.takePaper(hand);
      const sheets = await Promise.all(files.map(async (file) => known.get(basename(file)) ?? sheetOf(file)));
      rmSync(hand, { recursive: true });
      taken = [...taken, ...sheets];
      await look();
      changed();
    },
    putAway() {
      taken = [];
      changed();
    },
    picture: (id, drawing) =>
      kept(find(id), drawing.side, `${drawing.side}@${drawing.dpi}`, ({ pdf }) => painter.paint(pdf, drawing)),
    lookAt: (id, side, look) => kept(find(id), side, keyOf(side, look), (paper) => painter.look(paper, side, look)),
    desk: {
      find: (id) => taken.find(({ paper }) => paper.id === id)?.paper,
      lay(paper, faces) {
        const pictures = faces.map((face, i) => [keyOf(i + 1, 'eye'), Promise.resolve(face)] as const);
        taken = [...taken, { paper, pictures: new Map(pictures) }];
      },
    },
  };
}

const keyOf = (side: number, look: Look) => `${side} ${look}`;
