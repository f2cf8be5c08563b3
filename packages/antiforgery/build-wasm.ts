/** Compiles assembly/*.ts to wasm/*.wasm. The results are checked in; a test compiles them again and compares. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const wasmModules = ['cells', 'changes', 'coder', 'comparison', 'ldpc'] as const;
export type WasmModule = (typeof wasmModules)[number];

/** Imported without its types: they declare globals of AssemblyScript, which would then hold for the whole repository. */
const compiler: string = 'assemblyscript/asc';
interface Compiler {
  main(
    options: readonly string[],
    files: {
      readFile(path: string): string | null;
      writeFile(path: string, contents: string | Uint8Array): void;
      listFiles(): string[];
    },
  ): Promise<{ readonly error: Error | null; readonly stderr: { toString(): string } }>;
}

const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--use', 'abort='];
/** Memory comes from outside, of a fixed size. */
const MEMORY = ['--importMemory', '--noExportMemory'];

export async function compileWasm(name: WasmModule): Promise<Uint8Array> {
  const source = readFileSync(new URL(`assembly/${name}.ts`, import.meta.url), 'utf8');
  let compiled: Uint8Array | undefined;
  const { default: asc } = (await import(compiler)) as { readonly default: Compiler };
  const { error, stderr } = await asc.main([`${name}.ts`, ...OPTIONS, ...MEMORY, '--outFile', `${name}.wasm`], {
    readFile: (path) => (path === `${name}.ts` ? source : null),
    writeFile: (_, contents) => {
      compiled = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error || !compiled) throw new Error(`${name} does not compile: ${stderr.toString()}`);
  return compiled;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const name of wasmModules) writeFileSync(new URL(`wasm/${name}.wasm`, import.meta.url), await compileWasm(name));
