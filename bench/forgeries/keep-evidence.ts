/** The files of a trial for somebody’s eyes: the scan of the front, the sealed picture, and the sealed picture with what was marked (red) and forged (green). */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Sealed } from '../../packages/antiforgery/src/comparison/lay-over.ts';
import { told } from './rates.ts';
import type { Evidence, TrialResult } from './trial.ts';

export async function keepEvidence(folder: string, result: TrialResult, evidence: Evidence): Promise<void> {
  const { jpeg, sealed, compared, where } = evidence;
  mkdirSync(folder, { recursive: true });
  const file = (what: string) => join(folder, `${result.trial.row} ${result.trial.name} ${what}`.replaceAll(' ', '-'));
  writeFileSync(file('verdict.txt'), `${told(result)}\n${JSON.stringify(compared?.differences ?? [], undefined, 1)}\n`);
  if (jpeg) writeFileSync(file('front.jpg'), jpeg);
  if (!sealed) return;
  const { width, height } = sealed;
  const grey = () =>
    sharp(
      sealed.bits.map((bit) => (bit ? 0 : 255)),
      { raw: { width, height, channels: 1 } },
    );
  await grey().toColourspace('b-w').png().toFile(file('sealed.png'));
  const frames = [
    ...(compared?.differences ?? []).map((box) => frame(box, sealed, 'red')),
    ...(where ? [frame(where, sealed, 'green')] : []),
  ];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${frames.join('')}</svg>`;
  await grey()
    .toColourspace('srgb')
    .composite([{ input: Buffer.from(svg) }])
    .png()
    .toFile(file('overlay.png'));
}

type Box = NonNullable<Evidence['where']>;

function frame({ xMm, yMm, wMm, hMm }: Box, { dpi }: Sealed, colour: string): string {
  const px = (mm: number) => ((mm / 25.4) * dpi).toFixed(1);
  return `<rect x="${px(xMm)}" y="${px(yMm)}" width="${px(wMm)}" height="${px(hMm)}" fill="none" stroke="${colour}" stroke-width="2"/>`;
}
