/**
 * Writes the sheet with which a store finds the けん制文字 that suits its engine.
 *
 *   node --import tsx scripts/calibration-sheet.ts FILE
 */
import { writeFileSync } from 'node:fs';
import { calibrationSheet } from '@machikado/antiforgery';

const [file] = process.argv.slice(2);
if (file === undefined) throw new TypeError('say which file to write');
writeFileSync(file, calibrationSheet());
