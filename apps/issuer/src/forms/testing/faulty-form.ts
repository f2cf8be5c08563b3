/** Typesets with a form or library into which a fault was put, as a bug of a vendor would. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { expect } from 'vitest';
import type { CertificateContent } from '../../ports.ts';
import { loadFonts } from '../font-manifest.ts';
import { type FormEdition, formFolder, readContract } from '../form-contract.ts';
import { layOut, toFormData } from '../form-data.ts';
import { formOf } from '../kinds/index.ts';

const fonts = loadFonts();
let compiler: NodeCompiler | undefined;

/** `fault`: pairs of what stands in the form or its library and what stands there instead. */
export function typesetFaulty(
  content: CertificateContent,
  form: FormEdition,
  ...fault: (readonly [string, string])[]
): Uint8Array {
  let source = inOneFile(form);
  for (const [found, instead] of fault) {
    expect(source, 'the form still has the line that the fault changes').toContain(found);
    source = source.replace(found, () => instead);
  }
  compiler ??= NodeCompiler.create({
    workspace: fileURLToPath(form.root),
    fontArgs: [{ fontBlobs: fonts.map(({ file }) => readFileSync(file)) }],
  });
  const contract = readContract(form);
  const written = formOf(content.kind).written(content, contract.words ?? {});
  const data = toFormData(content, layOut(written, contract, []), contract);
  const json = JSON.stringify({ ...data, fonts: fonts.map(({ family }) => family) });
  compiler.mapShadow(fileURLToPath(new URL('data.json', form.root)), Buffer.from(json));
  return new Uint8Array(compiler.pdf({ mainFileContent: source }));
}

function inOneFile(form: FormEdition): string {
  const source = readFileSync(new URL('form.typ', formFolder(form)), 'utf8');
  const [use, library] = /#import "\/(.*)": \*\n/.exec(source) ?? [];
  if (!use || !library) throw new RangeError('the form uses a library');
  return (readFileSync(new URL(library, form.root), 'utf8') + source.replace(use, '')).replace(
    'json("contract.json")',
    `json("/${form.version}/contract.json")`,
  );
}
