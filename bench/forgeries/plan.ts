/** Which trials a run makes. Everything in them follows from the seed of the run and the number of the trial. */
import { type CopyWarningPreset, copyWarningPresets } from '@machikado/antiforgery';
import type { PaperLevel } from '@machikado/simulators';
import { type GalleryCase, galleryCases } from '../../apps/issuer/src/forms/testing/gallery/index.ts';
import { type Chance, chanceOf } from './chance.ts';
import { classes, type ForgeryClass, forgeryClasses } from './classes/index.ts';

export type Row = ForgeryClass | 'honest';

export interface Trial {
  /** Of everything that chance decides in it: seed of the run, what it is, its number. */
  readonly name: string;
  readonly row: Row;
  /** In the gallery. */
  readonly document: string;
  readonly copyWarning: CopyWarningPreset;
  readonly level: PaperLevel;
  readonly inColour: boolean;
  /** A genuine back goes over paper as well. */
  readonly bothSides: boolean;
}

export interface RunPlan {
  readonly seed: number;
  readonly forgeries: number;
  readonly honest: number;
  readonly levels: readonly PaperLevel[];
}

const presets = Object.keys(copyWarningPresets) as CopyWarningPreset[];
/** One in so many is printed and seen in colour, which takes three times as long. */
const COLOUR_EVERY = 20;
const BOTH_SIDES_EVERY = 10;
/** Of one printed page, to print it once. */
const HONEST_SCANS = 4;

export function planOf({ seed, forgeries, honest, levels }: RunPlan): Trial[] {
  const forged = rowsOf(forgeries).map((row, i): Trial => {
    const name = `${seed} forgery ${i}`;
    const chance = chanceOf(`${name} plan`);
    const document = documentFor(row, chance).name;
    return { name, row, document, copyWarning: chance.pick(presets), ...circumstances(chance, levels) };
  });
  const inTurn = byKindInTurn(seed);
  const genuine = Array.from({ length: honest }, (_, i): Trial => {
    const page = Math.floor(i / HONEST_SCANS);
    const name = `${seed} honest ${i}`;
    const { name: document } = inTurn[page % inTurn.length] as GalleryCase;
    const copyWarning = presets[page % presets.length] as CopyWarningPreset;
    const { inColour } = circumstances(chanceOf(`${seed} page ${page}`), levels);
    return { name, row: 'honest', document, copyWarning, ...circumstances(chanceOf(`${name} plan`), levels), inColour };
  });
  return [...forged, ...genuine];
}

function circumstances(chance: Chance, levels: readonly PaperLevel[]) {
  return {
    level: chance.pick(levels),
    inColour: chance.whole(COLOUR_EVERY) === 0,
    bothSides: chance.whole(BOTH_SIDES_EVERY) === 0,
  };
}

/** The classes take turns in proportion, so that a short run has some of each. */
function rowsOf(count: number): ForgeryClass[] {
  const made = new Map<ForgeryClass, number>();
  return Array.from({ length: count }, () => {
    const behind = (one: ForgeryClass) => ((made.get(one) ?? 0) + 0.5) / classes[one].perMille;
    const row = forgeryClasses.reduce((a, b) => (behind(b) < behind(a) ? b : a));
    made.set(row, (made.get(row) ?? 0) + 1);
    return row;
  });
}

/** 印影 stand on one kind of eleven, and are swapped as often as 公印. */
function documentFor(row: Row, chance: Chance): GalleryCase {
  const sealed = galleryCases.filter(({ content }) => content.kind === 'seal-registration');
  return chance.pick(row === 'seal swapped' && chance.whole(2) === 0 ? sealed : galleryCases);
}

/** One document of each kind, then another of each. */
function byKindInTurn(seed: number): GalleryCase[] {
  const ranks = new Map<string, number>();
  const ranked = chanceOf(`${seed} honest`)
    .shuffled(galleryCases)
    .map((one) => {
      const rank = ranks.get(one.content.kind) ?? 0;
      ranks.set(one.content.kind, rank + 1);
      return { one, rank };
    });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ one }) => one);
}
