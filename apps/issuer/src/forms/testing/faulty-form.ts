/** Typesets with a form or library into which a fault was put, as a bug of a vendor would. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { expect } from 'vitest';
import type { CertificateContent } from '../../ports.ts';
import { loadFonts } from '../font-manifest.ts';
import { formFolder, formsFolder, readContract } from '../form-contract.ts';
import { layOut, toFormData } from '../form-data.ts';
import { formOf } from '../kinds/index.ts';

const fonts = loadFonts();
let compiler: NodeCompiler | undefined;

/** `fault`: pairs of what stands in the form or its library and what stands there instead. */
export function typesetFaulty(
  content: CertificateContent,
  formVersion: string,
  ...fault: (readonly [string, string])[]
): Uint8Array {
  let source = inOneFile(formVersion);
  for (const [found, instead] of fault) {
    expect(source, 'the form still has the line that the fault changes').toContain(found);
    source = source.replace(found, () => instead);
  }
  compiler ??= NodeCompiler.create({
    workspace: fileURLToPath(formsFolder),
    fontArgs: [{ fontBlobs: fonts.map(({ file }) => readFileSync(file)) }],
  });
  const contract = readContract(formVersion);
  const written = formOf(content.kind).written(content, contract.words ?? {});
  const data = toFormData(content, layOut(written, contract, []), contract);
  const inputs = { data: JSON.stringify({ ...data, fonts: fonts.map(({ family }) => family) }) };
  return new Uint8Array(compiler.pdf({ mainFileContent: source, inputs }));
}

function inOneFile(formVersion: string): string {
  const form = readFileSync(new URL('form.typ', formFolder(formVersion)), 'utf8');
  const [use, library] = /#import "\/(.*)": \*\n/.exec(form) ?? [];
  if (!use || !library) throw new RangeError('the form uses a library');
  return (readFileSync(new URL(library, formsFolder), 'utf8') + form.replace(use, '')).replace(
    'json("contract.json")',
    `json("/${formVersion}/contract.json")`,
  );
}
