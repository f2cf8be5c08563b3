/** Pages as other people's programs draw them at 600 dpi. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Raster } from '../../raster.ts';

export function runProgram(program: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, OMP_THREAD_LIMIT: '1' },
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
  return stdout;
}

export const renderers = {
  poppler: (pdf: string, page: number, out: string) =>
    runProgram('pdftoppm', ['-r', '600', '-gray', '-singlefile', '-f', `${page}`, '-l', `${page}`, pdf, out]),
  mupdf: (pdf: string, page: number, out: string) =>
    runProgram('mutool', ['draw', '-q', '-r', '600', '-c', 'gray', '-o', `${out}.pgm`, pdf, `${page}`]),
  ghostscript: (pdf: string, page: number, out: string) =>
    runProgram('gs', [
      ...['-q', '-dNOPAUSE', '-dBATCH', '-dSAFER', '-r600', '-sDEVICE=pgmraw'],
      ...[`-dFirstPage=${page}`, `-dLastPage=${page}`, '-o', `${out}.pgm`, pdf],
    ]),
} as const;
export type Renderer = keyof typeof renderers;

export function drawWith(renderer: Renderer, pdf: string, page: number): Raster {
  const out = join(pdf, '..', `${renderer}-${page}`);
  renderers[renderer](pdf, page, out);
  return readPgm(`${out}.pgm`);
}

/** P5 of the netpbm family, eight bits. */
export function readPgm(file: string): Raster {
  const bytes = readFileSync(file);
  const head = /^P5\s+(?:#.*\n)*(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 200).toString('latin1'));
  if (!head) throw new Error(`${file} is no grey picture`);
  const [width, height] = [Number(head[1]), Number(head[2])];
  return { width, height, data: bytes.subarray(head[0].length, head[0].length + width * height) };
}
