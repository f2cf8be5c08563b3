/**
 * What all sheets of one style share, made once: the tile of けん制文字, the pictures under the matrix, the words, the code of the address.
 */
import { deflateSync } from 'node:zlib';
import { packed } from './bits.ts';
import { copyWarningPresets, copyWarningTile, tileSize } from './copy-warning.ts';
import { detectionImage } from './detection-image.ts';
import { codeQuietModules, type InquiryCode, inquiryCode } from './inquiry-code.ts';
import { linePhaseImage } from './line-phase.ts';
import { blackInk, picture } from './operators.ts';
import {
  detectionBox,
  inquiryCodeSide,
  inquiryCodeTop,
  linePhaseBox,
  matrixWithQuietZone,
  type PxBox,
  stripRight,
  widened,
  wordsTop,
} from './places.ts';
import type { TreatmentStyle } from './treatment-style.ts';
import { stripWords } from './words.ts';
import { writtenLines } from './written-lines.ts';

export interface Stationery {
  /** Image masks and the detection image, deflated. */
  readonly tile: Uint8Array;
  readonly detection: Uint8Array;
  readonly linePhase: Uint8Array | undefined;
  readonly code: { readonly side: number; readonly mask: Uint8Array };
  /** Operators that draw the strip; deflated. */
  readonly strip: Uint8Array;
  /** Where けん制文字 must not come on a back. */
  readonly keptFree: readonly PxBox[];
}

export async function makeStationery(style: TreatmentStyle): Promise<Stationery> {
  const code = await inquiryCode(style.inquiryUrl);
  const codeBox = boxOfCode(code);
  const pictures = style.linePhase ? [detectionBox, linePhaseBox] : [detectionBox];
  return {
    tile: deflated(packed(copyWarningTile(copyWarningPresets[style.copyWarning]), tileSize.width)),
    detection: deflated(detectionImage().cmyk),
    linePhase: style.linePhase ? deflated(packed(linePhaseImage(), linePhaseBox.width)) : undefined,
    code: { side: code.side, mask: deflated(packed(code.modules, code.side)) },
    strip: deflated(Buffer.from(stripOperators(style, codeBox), 'latin1')),
    keptFree: [matrixWithQuietZone, ...pictures.map((box) => widened(box, 24)), codeBox.withQuietZone],
  };
}

/** Nothing here is drawn anew for each sheet, so it may take its time. */
const deflated = (data: Uint8Array): Uint8Array => deflateSync(data, { level: 9 });

interface CodeBox {
  readonly box: PxBox;
  readonly withQuietZone: PxBox;
}

function boxOfCode({ side }: InquiryCode): CodeBox {
  const modulePx = Math.floor(inquiryCodeSide / (side + 2 * codeQuietModules));
  const quiet = modulePx * codeQuietModules;
  const px = modulePx * side;
  const box = { x: stripRight - quiet - px, y: inquiryCodeTop + quiet, width: px, height: px };
  return { box, withQuietZone: widened(box, quiet) };
}

function stripOperators({ inquiryUrl, linePhase }: TreatmentStyle, { box, withQuietZone }: CodeBox): string {
  const lastPicture = linePhase ? linePhaseBox : detectionBox;
  const x = lastPicture.x + lastPicture.width + 60;
  const width = withQuietZone.x - 40 - x;
  const guidance = linePhase ? [...stripWords.guidance, stripWords.linePhase] : stripWords.guidance;
  return [
    picture('Detection', detectionBox),
    linePhase ? `${blackInk} k\n${picture('LinePhase', linePhaseBox)}` : '',
    `${blackInk} k\n`,
    picture('Code', box),
    writtenLines([stripWords.title, inquiryUrl], { x, y: wordsTop + 70, width }, 80),
    writtenLines(guidance, { x, y: wordsTop + 310, width }, 66),
  ].join('');
}
