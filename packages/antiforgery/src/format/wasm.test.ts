import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileWasm, wasmModules } from '../../build-wasm.ts';
import { codeFrontAt } from './code-front.ts';
import { decodePicture } from './decode-picture.ts';
import { pictureRoom } from './picture-room.ts';

test.each(wasmModules)('the compiled %s is what its source compiles to', async (name) => {
  const checkedIn = readFileSync(new URL(`../../wasm/${name}.wasm`, import.meta.url));
  expect(checkedIn.equals(await compileWasm(name))).toBe(true);
});

test('one instance in a thread, whose memory neither grows nor moves over many sheets', () => {
  const room = pictureRoom();
  const before = room.bytes.buffer;
  const size = before.byteLength;
  for (let i = 1; i <= 200; i++) {
    const data = new Uint8Array(i * 40).fill(i);
    const coded = codeFrontAt({ width: i, height: 40, data }, 200);
    expect(coded && decodePicture(coded.bytes, i, 40)?.bits.length).toBe(i * 40);
  }
  expect(pictureRoom()).toBe(room);
  // A memory that grew would have left this buffer behind, empty.
  expect(room.bytes.buffer).toBe(before);
  expect(before.byteLength).toBe(size);
  expect(size).toBeLessThan(6_000_000);
});
