/** The address of the 問い合わせサイト as a QR code (ISO/IEC 18004), one pixel a module. */
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';

/** White modules that belong to the code on every side. */
export const codeQuietModules = 4;

export interface InquiryCode {
  /** Modules from edge to edge, without the quiet zone. */
  readonly side: number;
  /** One byte a module, 1 = black. */
  readonly modules: Uint8Array;
}

let prepared = false;

export async function inquiryCode(url: string): Promise<InquiryCode> {
  prepare();
  const written = await writeBarcode(url, { format: 'QRCode', options: 'ecLevel=M', addQuietZones: false, scale: 1 });
  assert.equal(written.error, '', 'an address fits into a QR code');
  const { data, width, height } = written.symbol;
  assert.equal(width, height);
  return { side: width, modules: Uint8Array.from(data, (grey) => (grey === 0 ? 1 : 0)) };
}

/** Left to itself the library would fetch its wasm from a server of somebody else. */
function prepare(): void {
  if (prepared) return;
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm');
  prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer as ArrayBuffer } });
  prepared = true;
}
