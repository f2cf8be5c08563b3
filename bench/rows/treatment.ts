/** 偽造・改ざん防止の付加, sheets for each second of one core, PDF in to PDF out, against a chain of programs that everybody has. Each round is certificates of all sorts. */
import type { Line } from '../compare.ts';
import { compareTreatment } from '../treatment-speed.ts';

export async function treatment(rounds: number): Promise<Line[]> {
  const times = await compareTreatment(rounds);
  const line = { what: 'sheets treated', unit: 'a core-second' };
  const name = 'poppler, libvips, openssl, qrencode, Ghostscript, qpdf';
  if ('missing' in times)
    return [{ ...line, ours: [], peer: { name, missing: `${times.missing.join(', ')} not installed` } }];
  const aCoreSecond = (cpuMs: readonly number[]) => cpuMs.map((ms) => 1_000 / ms);
  return [
    {
      ...line,
      ours: aCoreSecond(times.ours.cpuMs),
      peer: { name, rounds: aCoreSecond(times.programs.cpuMs) },
    },
  ];
}
