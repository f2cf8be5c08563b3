/** Typesets with a form into which a fault was put, as a bug of a vendor would. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { expect } from 'vitest';
import { loadFonts } from '../font-manifest.ts';
import { formFolder } from '../form-contract.ts';
import { toResidentRecordData } from '../resident-record-data.ts';
import type { ResidentRecordOrder } from '../resident-record-order.ts';

const fonts = loadFonts();
let compiler: NodeCompiler | undefined;

/** `fault`: pairs of what stands in form.typ and what stands there instead. */
export function typesetFaulty(
  order: ResidentRecordOrder,
  formVersion: string,
  ...fault: (readonly [string, string])[]
): Uint8Array {
  const folder = formFolder(formVersion);
  let source = readFileSync(new URL('form.typ', folder), 'utf8');
  for (const [found, instead] of fault) {
    expect(source, 'the form still has the line that the fault changes').toContain(found);
    source = source.replace(found, () => instead);
  }
  compiler ??= NodeCompiler.create({
    workspace: fileURLToPath(folder),
    fontArgs: [{ fontBlobs: fonts.map(({ file }) => readFileSync(file)) }],
  });
  const data = JSON.stringify({ ...toResidentRecordData(order), fonts: fonts.map(({ family }) => family) });
  return new Uint8Array(compiler.pdf({ mainFileContent: source, inputs: { data } }));
}
