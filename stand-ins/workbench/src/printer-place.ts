/** 証明書印刷 from the front: cassette, toner, cover, jams. What is set here the printer reports over IPP. */
import { isTerminal, type PrinterFront, type PrinterInside } from '@machikado/simulators';
import type { PrinterView, Supply } from './bench-state.ts';

export interface PrinterPlace {
  view(): PrinterView;
  paper(is: Supply): void;
  toner(is: Supply): void;
  cover(open: boolean): void;
  jamAt(sheet: number): void;
  clearJam(): void;
}

/** null: somebody keeps the cassette full. Three sheets let a visitor meet the end of the paper. */
const sheetsLeft: Readonly<Record<Supply, number | null>> = { full: null, low: 3, empty: 0 };

export function openPrinterPlace(printer: PrinterFront & PrinterInside): PrinterPlace {
  return {
    view() {
      const { jobs, parts, jammed } = printer.state();
      return {
        paper: parts.sheetsLeft === null ? 'full' : parts.sheetsLeft === 0 ? 'empty' : 'low',
        toner: parts.toner === 'ok' ? 'full' : parts.toner,
        coverOpen: parts.coverOpen,
        jammed,
        jamAtSheet: parts.jamAtSheet ?? 0,
        printing: [...jobs.values()].some((job) => !isTerminal(job)),
      };
    },
    paper: (is) => printer.set({ sheetsLeft: sheetsLeft[is] }),
    toner: (is) => printer.set({ toner: is === 'full' ? 'ok' : is }),
    cover: (coverOpen) => printer.set({ coverOpen }),
    jamAt: (sheet) => printer.set({ jamAtSheet: sheet === 0 ? null : sheet }),
    clearJam: () => printer.clear(),
  };
}

const LOOK_MS = 150;

/** It moves on its own; whoever stands before it looks again and again. */
export function watchPrinter(printer: PrinterInside, changed: () => void): () => void {
  let seen = printer.state();
  const looking = setInterval(() => {
    const now = printer.state();
    if (now === seen) return;
    seen = now;
    changed();
  }, LOOK_MS);
  return () => clearInterval(looking);
}
