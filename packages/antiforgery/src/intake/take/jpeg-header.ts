/** Size and colours of a JPEG (ITU-T T.81 annex B): baseline, extended and progressive, 8 bits, ended as it should be. */
export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  readonly components: number;
}

export function readJpegHeader(data: Uint8Array): JpegHeader | undefined {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 4 <= bytes.length; ) {
    const marker = bytes.readUInt16BE(at);
    const length = bytes.readUInt16BE(at + 2);
    if (marker < 0xffc0 || length < 2 || marker === 0xffda) return undefined;
    if (marker === 0xffc0 || marker === 0xffc1 || marker === 0xffc2) {
      if (at + 10 > bytes.length || bytes[at + 4] !== 8) return undefined;
      const components = bytes[at + 9] as number;
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7), components };
    }
    at += 2 + length;
  }
  return undefined;
}
