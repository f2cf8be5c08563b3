/** One condition at a time, made worse until nothing can be read: fair weather otherwise, the densest sheet there is. */
import { type ChannelParameters, type CopierMode, steadyChannel } from '@machikado/simulators';
import type { FinishedTrial, PlannedTrial } from './run-trials.ts';
import type { TreatedSheet } from './treated-sheets.ts';
import type { Trial } from './trial.ts';

interface Cliff {
  readonly what: string;
  readonly steps: readonly (number | string)[];
  /** The worst step at which the sketch of this reader still read. */
  readonly promised: number | string;
  readonly at: (step: never) => Omit<Trial, 'seed'>;
}

type Changes = { [Part in keyof ChannelParameters]?: Partial<ChannelParameters[Part]> };
const changed = (base: ChannelParameters, { print, damage, camera }: Changes): Omit<Trial, 'seed'> => ({
  conditions: {
    print: { ...base.print, ...print },
    damage: { ...base.damage, ...damage },
    camera: { ...base.camera, ...camera } as ChannelParameters['camera'],
  },
});
const scan = (changes: Changes) => changed(steadyChannel.flatbed, changes);
const photo = (changes: Changes) => changed(steadyChannel.phone, changes);

export const cliffs: readonly Cliff[] = [
  {
    what: 'scan, dpi',
    steps: [150, 130, 120, 110, 100, 90, 80, 70],
    promised: 100,
    at: (dpi: number) => scan({ camera: { dpi } }),
  },
  {
    what: 'scan, blur σ, px at 200 dpi',
    steps: [1.2, 1.4, 1.6, 1.8, 2],
    promised: 1.6,
    at: (blurPx: number) => scan({ camera: { blurPx } }),
  },
  {
    what: 'phone, defocus σ, px',
    steps: [1.6, 2, 2.4, 2.7, 3],
    promised: 2.4,
    at: (blurPx: number) => photo({ camera: { blurPx } }),
  },
  {
    what: 'scan, JPEG quality',
    steps: [40, 25, 15, 10, 5],
    promised: 15,
    at: (jpegQuality: number) => scan({ camera: { jpegQuality } }),
  },
  {
    what: 'scan, noise σ, grey levels',
    steps: [20, 30, 40, 60, 80],
    promised: 30,
    at: (noise: number) => scan({ camera: { noise } }),
  },
  {
    what: 'phone, tilt, degrees',
    steps: [20, 30, 40, 45, 50],
    promised: 40,
    at: (tiltDegrees: number) => photo({ camera: { tiltDegrees, fill: 0.8 } }),
  },
  {
    what: 'phone, lens k1, inwards',
    steps: [-0.03, -0.05, -0.08, -0.12],
    promised: -0.05,
    at: (radial: number) => photo({ camera: { radial } }),
  },
  {
    what: 'phone, lens k1, outwards',
    steps: [0.03, 0.05, 0.08, 0.12],
    promised: 0.08,
    at: (radial: number) => photo({ camera: { radial } }),
  },
  {
    what: 'a note that hides so much of the matrix, %',
    steps: [30, 40, 44, 46, 48, 50],
    promised: 44,
    at: (percent: number) => scan({ damage: { hiddenShare: percent / 100 } }),
  },
  {
    what: 'bullseyes blacked out',
    steps: [1, 2, 3],
    promised: 1,
    at: (hiddenCorners: number) => scan({ damage: { hiddenCorners } }),
  },
  {
    what: 'printed to fit the page, %',
    steps: [97, 93, 85, 70],
    promised: 93,
    at: (percent: number) => scan({ print: { scale: percent / 100 } }),
  },
  {
    what: 'けん制文字 printed over the matrix',
    steps: ['200 dpi'],
    promised: '200 dpi',
    at: () => ({ ...scan({}), overprinted: true }),
  },
  {
    what: 'photocopied first',
    steps: ['text-600', 'text-usm', 'background-removal', 'photo', 'dpi-300'],
    promised: 'text-600',
    at: (copiedBy: CopierMode) => ({ ...scan({}), copiedBy }),
  },
];

export function planCliffs(sheet: TreatedSheet, seeds: readonly number[]): PlannedTrial[] {
  return cliffs.flatMap(({ what, steps, at }) =>
    steps.flatMap((step) => seeds.map((seed) => ({ ...at(step as never), seed, sheet, row: rowOf(what, step) }))),
  );
}

const rowOf = (what: string, step: number | string) => `${what}: ${step}`;

const isExact = ({ outcome }: FinishedTrial) => outcome === 'exact';

export function cliffTable(results: readonly FinishedTrial[]): string[] {
  const rows = cliffs.map(({ what, steps, promised }) => {
    const cells = steps.map((step) => {
      const trials = results.filter(({ row }) => row === rowOf(what, step));
      const errors = trials.flatMap(({ bitErrors }) => bitErrors ?? []).sort((a, b) => a - b);
      const worst = errors.length > 0 ? ` (${errors.at(-1)?.toFixed(3)})` : '';
      const mark = trials.every(isExact) ? '✓' : `${trials.filter(isExact).length}/${trials.length}`;
      return `${step} ${mark}${worst}`;
    });
    return `| ${what} | ${promised} | ${cells.join(' · ')} |`;
  });
  return ['| condition | promised | ✓ = all seeds read to the bit (worst raw bit errors) |', '|---|---|---|', ...rows];
}

/** Promised steps, and all before them, at which some seed was not read. */
export function brokenPromises(results: readonly FinishedTrial[]): string[] {
  return cliffs.flatMap(({ what, steps, promised }) =>
    steps
      .slice(0, steps.indexOf(promised) + 1)
      .map((step) => rowOf(what, step))
      .filter((row) => !results.filter((result) => result.row === row).every(isExact)),
  );
}
