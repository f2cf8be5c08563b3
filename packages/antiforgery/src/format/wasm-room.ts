/**
 * One instance of a compiled module with all the memory it will ever have: areas of fixed sizes, laid out once. It can neither grow
 * nor leak over many sheets. Each thread makes its own.
 */
import { readFileSync } from 'node:fs';

const PAGE_BYTES = 65_536;
/** The modules keep their own few bytes below. */
const FIRST_AREA = PAGE_BYTES;
/** So that a load of sixteen bytes may begin in the last one. */
const GAP_BYTES = 64;

/** What is used of the standard; the types of Node.js leave it out. */
interface WebAssemblyStandard {
  readonly Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
}
const { Memory, Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyStandard }).WebAssembly;

export interface WasmRoom<Exports, Area extends string> {
  readonly run: Exports;
  /** Where each area begins. */
  readonly at: Readonly<Record<Area, number>>;
  /** The whole memory. */
  readonly bytes: Uint8Array;
}

export function openWasmRoom<Exports, Area extends string>(
  name: string,
  areaBytes: Readonly<Record<Area, number>>,
): WasmRoom<Exports, Area> {
  let end = FIRST_AREA;
  const at = {} as Record<Area, number>;
  for (const area of Object.keys(areaBytes) as Area[]) {
    at[area] = end;
    end = Math.ceil((end + areaBytes[area]) / GAP_BYTES) * GAP_BYTES + GAP_BYTES;
  }
  const pages = Math.ceil(end / PAGE_BYTES);
  const memory = new Memory({ initial: pages, maximum: pages });
  const module = new Module(readFileSync(new URL(`../../wasm/${name}.wasm`, import.meta.url)));
  const { exports } = new Instance(module, { env: { memory } });
  return { run: exports as Exports, at, bytes: new Uint8Array(memory.buffer) };
}
