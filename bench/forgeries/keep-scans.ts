/**
 * Scans of trials in a folder: most of a trial is typesetting, printing and scanning, and what looks at the scan changes more often. A trial is
 * found by its name, which decides everything in it.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Trial } from './plan.ts';
import type { Specimen } from './specimen.ts';

export interface ScanFolder {
  find(trial: Trial): Promise<Specimen | undefined>;
  keep(trial: Trial, specimen: Specimen): Promise<void>;
}

export function scansIn(folder: string): ScanFolder {
  mkdirSync(folder, { recursive: true });
  const file = ({ name }: Trial, what: string) => join(folder, `${name.replaceAll(' ', '-')}.${what}`);
  return {
    async find(trial) {
      if (!existsSync(file(trial, 'json'))) return undefined;
      const { level, inColour, document, sealed, ...about } = JSON.parse(readFileSync(file(trial, 'json'), 'utf8'));
      const same = level === trial.level && inColour === trial.inColour && document === trial.document;
      if (!same) throw new RangeError(`another trial of this name lies in ${folder}: ${trial.name}`);
      if ('refused' in about) return about;
      const bits = new Uint8Array(readFileSync(file(trial, 'bits')));
      return { ...about, sealed: { ...sealed, bits }, jpeg: new Uint8Array(readFileSync(file(trial, 'jpg'))) };
    },
    async keep(trial, specimen) {
      const { level, inColour, document } = trial;
      const { what, where } = specimen;
      const about = { level, inColour, document, what, ...(where && { where }) };
      if ('refused' in specimen) return write({ ...about, refused: specimen.refused });
      const { bits, ...sealed } = specimen.sealed;
      writeFileSync(file(trial, 'jpg'), specimen.jpeg);
      writeFileSync(file(trial, 'bits'), bits);
      write({ ...about, sealed });

      // Last and in one step: what is there is whole.
      function write(all: object): void {
        writeFileSync(file(trial, 'part'), JSON.stringify(all));
        renameSync(file(trial, 'part'), file(trial, 'json'));
      }
    },
  };
}
