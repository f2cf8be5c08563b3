/** A bench on which nothing has happened yet. */
import type { BenchState } from '../bench-state.ts';

export const quietBench: Omit<BenchState, 'stage'> = {
  kiosk: { power: 'on', screenUrl: 'http://127.0.0.1:8799/#t' },
  clock: { businessOffsetMs: 0, moved: false },
  cards: [],
  lamp: 'off',
  coins: { inletOpen: false, escrowYen: 0, dish: [], jammed: false, outOfChange: false },
  printer: { paper: 'full', toner: 'full', coverOpen: false, jammed: false, jamAtSheet: 0, printing: false },
  tray: [],
  taken: [],
  work: null,
  shots: [],
  verificationUrl: null,
  receipts: { paperOut: false, slot: [], taken: [] },
  voice: [],
};
