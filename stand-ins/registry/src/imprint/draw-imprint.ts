/**
 * 印影 of an invented resident: letters of the name in a round or oval frame, as a scanner of 600 dpi would have read it. The letters are strokes
 * in the manner of 印相体, made up from the letter’s number: nobody’s real seal can look like it. Every seal differs from every other in the
 * thickness of its strokes, in a slight waver of the hand and in the chips of its rim, even where two people bear one surname.
 */
import { graphemesOf } from '@machikado/domain';
import { createRandom, type Random } from '../town/random.ts';
import { bilevelPng } from './bilevel-png.ts';

export const IMPRINT_DPI = 600;
const MM_PER_DOT = 25.4 / IMPRINT_DPI;

export interface SealDesign {
  /** What is cut into it; two columns from right to left from five letters on. */
  readonly letters: string;
  readonly widthMm: number;
  readonly heightMm: number;
  /** Of this one seal. */
  readonly hand: string;
}

/** The nearest size that 600 dpi can show, never larger: the picture then measures what is said of it. */
export function sizeInDots(mm: number): number {
  return Math.floor(mm / MM_PER_DOT + 0.01);
}

export function sizeInMm(dots: number): number {
  return Number((dots * MM_PER_DOT).toFixed(2));
}

export function drawImprint({ letters, widthMm, heightMm, hand }: SealDesign): Buffer {
  const width = sizeInDots(widthMm);
  const height = sizeInDots(heightMm);
  const random = createRandom(hand);
  const rim = 0.035 + random.int(4) * 0.007;
  const chips = Array.from({ length: 1 + random.int(3) }, () => ({
    at: (random.int(1000) / 1000) * 2 * Math.PI,
    half: 0.03 + random.int(40) / 1000,
  }));
  const waver = wavering(random);
  const strokes = strokesOf(graphemesOf(letters), random);
  const ink = (x: number, y: number): boolean => {
    // From −1 to 1 in both directions, so that round and oval are the same.
    const u = ((x + 0.5) / width) * 2 - 1;
    const v = ((y + 0.5) / height) * 2 - 1;
    const radius = Math.hypot(u, v);
    if (radius > 1) return false;
    if (radius > 1 - 2 * rim) {
      const angle = Math.atan2(v, u) + Math.PI;
      return radius > 1 - rim * 0.8 || !chips.some(({ at, half }) => Math.abs(angle - at) < half);
    }
    const [a, b] = waver(u, v);
    return strokes.some(({ left, right, top, bottom }) => a >= left && a <= right && b >= top && b <= bottom);
  };
  return bilevelPng({ width, height, ink }, IMPRINT_DPI);
}

interface Stroke {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function wavering(random: Random): (u: number, v: number) => readonly [number, number] {
  const draw = () => ({ size: 0.008 + random.int(10) / 1000, pace: 3 + random.int(5), from: random.int(628) / 100 });
  const [across, down] = [draw(), draw()];
  return (u, v) => [
    u + across.size * Math.sin(v * across.pace + across.from),
    v + down.size * Math.sin(u * down.pace + down.from),
  ];
}

/** Letters stand one below the other and reach from rim to rim. */
function strokesOf(letters: readonly string[], random: Random): Stroke[] {
  const columns = letters.length > 4 ? 2 : 1;
  const rows = Math.ceil(letters.length / columns);
  const half = 0.028 + random.int(12) / 1000;
  return letters.flatMap((letter, i) => {
    const column = columns - 1 - Math.floor(i / rows);
    const row = i % rows;
    const gap = 0.06;
    const cell = {
      left: -0.9 + (1.8 / columns) * column + gap,
      width: 1.8 / columns - 2 * gap,
      top: -0.92 + (1.84 / rows) * row + gap,
      height: 1.84 / rows - 2 * gap,
    };
    return letterStrokes(letter).map(([x1, y1, x2, y2]) => ({
      left: cell.left + x1 * cell.width - half,
      right: cell.left + x2 * cell.width + half,
      top: cell.top + y1 * cell.height - half,
      bottom: cell.top + y2 * cell.height + half,
    }));
  });
}

/** The same for the same letter on every seal: bars across, and posts in mirrored pairs between them; from 0 to 1. */
function letterStrokes(letter: string): (readonly [number, number, number, number])[] {
  const random = createRandom(`letter ${letter}`);
  const bars = 3 + random.int(3);
  const at = (bar: number) => bar / (bars - 1);
  const strokes: [number, number, number, number][] = [];
  for (let bar = 0; bar < bars; bar += 1) {
    const inset = random.pick([0, 0, 0.15, 0.3]);
    strokes.push([inset, at(bar), 1 - inset, at(bar)]);
    if (bar === bars - 1) break;
    const posts = random.pick([[0], [0.5], [0, 0.5], [0.25], [0.15, 0.5]]);
    for (const post of posts) {
      strokes.push([post, at(bar), post, at(bar + 1)]);
      if (post !== 0.5) strokes.push([1 - post, at(bar), 1 - post, at(bar + 1)]);
    }
  }
  return strokes;
}
