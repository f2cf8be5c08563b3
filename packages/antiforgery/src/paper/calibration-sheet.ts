/**
 * 調整用紙 (calibration sheet): a store prints it once per engine, looks where 「複写」 is seen least, copies it, and writes the name of that column into
 * the kiosk's settings.
 */
import { deflateSync } from 'node:zlib';
import { packed } from './bits.ts';
import { copyWarningPresets, copyWarningTile, tileSize } from './copy-warning.ts';
import { blackInk, rectangles, sheetPt, toPixels } from './operators.ts';
import { flate, writeWarning } from './page-objects.ts';
import { createPdfWriter, refTo } from './pdf-writer.ts';
import type { PxBox } from './places.ts';
import { calibrationWords } from './words.ts';
import { writtenLines } from './written-lines.ts';

const left = 300;
const columns: PxBox[] = [0, 1, 2].map((i) => ({
  x: left + i * (tileSize.width + 40),
  y: 2100,
  width: tileSize.width,
  height: 4 * tileSize.height,
}));

export function calibrationSheet(): Uint8Array {
  const writer = createPdfWriter();
  const presets = Object.entries(copyWarningPresets);
  const patterns = presets.map(([, pitches], i) => {
    const tile = packed(copyWarningTile(pitches), tileSize.width);
    return `/P${i} ${refTo(writeWarning(writer, deflateSync(tile, { level: 9 })))}`;
  });
  const { title, instructions, dots } = calibrationWords;
  const width = 3 * tileSize.width;
  const labels = presets.map(([name, { fine, coarse }], i) =>
    writtenLines([name, dots(fine, coarse)], { x: columns[i]?.x ?? 0, y: 1880, width: tileSize.width }, 110),
  );
  const patches = columns.map((column, i) => `/Ink cs ${blackInk} /P${i} scn\n${rectangles([column])}f\n`);
  const content = [
    `q ${toPixels} cm\n${blackInk} k\n`,
    writtenLines([title], { x: left, y: 500, width }, 150),
    writtenLines(instructions, { x: left, y: 800, width }, 90),
    ...[...labels, ...patches, 'Q\n'],
  ].join('');
  const operators = writer.stream(flate, deflateSync(Buffer.from(content, 'latin1')));
  const pages = writer.reserve();
  const resources = `<</Pattern <<${patterns.join(' ')}>> /ColorSpace <</Ink [/Pattern /DeviceCMYK]>>>>`;
  const page = writer.object(
    `<</Type /Page /Parent ${refTo(pages)} /MediaBox [0 0 ${sheetPt.width} ${sheetPt.height}] /Resources ${resources} /Contents ${refTo(operators)}>>`,
  );
  writer.object(`<</Type /Pages /Count 1 /Kids [${refTo(page)}]>>`, pages);
  return writer.finish(
    writer.object(`<</Type /Catalog /Pages ${refTo(pages)} /ViewerPreferences <</PrintScaling /None>>>>`),
  );
}
