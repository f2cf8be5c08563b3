/**
 * Sheets of paper, as a visitor sees them: in the output tray, then in their hands. Each has a random id as long as it is known here. What was
 * taken is kept in memory alone and forgotten when it is put away.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { SheetView } from './bench-state.ts';
import type { Drawing, SheetPainter } from './sheet-painter.ts';

export interface Sheet {
  readonly id: string;
  readonly sides: number;
  readonly pdf: Uint8Array;
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
}

export function openSheets(tray: OutputTray, painter: SheetPainter, dir: string, changed: () => void): Sheets {
  let lying: ReadonlyMap<string, Sheet> = new Map();
  let taken: readonly Sheet[] = [];

  const sheetOf = async (file: string): Promise<Sheet> => {
    const pdf = new Uint8Array(readFileSync(file));
    return { id: randomUUID(), sides: await painter.sides(pdf), pdf, pictures: new Map() };
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
  const show = ({ id, sides }: Sheet): SheetView => ({ id, sides });

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
    picture(id, drawing) {
      const sheet = [...lying.values(), ...taken].find((one) => one.id === id);
      if (!sheet || drawing.side > sheet.sides) return undefined;
      const key = `${drawing.side}@${drawing.dpi}`;
      const picture = sheet.pictures.get(key) ?? painter.paint(sheet.pdf, drawing);
      sheet.pictures.set(key, picture);
      // A picture that failed may be asked for again.
      picture.catch(() => sheet.pictures.delete(key));
      return picture;
    },
  };
}
