/** Size and colours of a JPEG (ITU-T T.81 annex B): baseline, extended or progressive, 8 bits, one picture, ended as it should be. */
export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  readonly components: number;
}

const FRAMES = new Set([0xffc0, 0xffc1, 0xffc2]);
const [START, END, SCAN] = [0xffd8, 0xffd9, 0xffda];
/** Marks that other kinds of pictures begin with: lossless, arithmetic, in layers. */
const isOtherFrame = (marker: number) =>
  marker >= 0xffc3 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);

export function readJpegHeader(data: Uint8Array): JpegHeader | undefined {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const end = bytes.lastIndexOf(Buffer.of(0xff, END & 255));
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== START || end < 0 || bytes.length - end > 4) return undefined;
  let header: JpegHeader | undefined;
  for (let at = 2; at + 10 <= end; ) {
    const [marker, length] = [bytes.readUInt16BE(at), bytes.readUInt16BE(at + 2)];
    if (marker === SCAN) return header;
    if (marker < 0xffc0 || length < 2 || isOtherFrame(marker)) return undefined;
    if (FRAMES.has(marker)) {
      if (header || bytes[at + 4] !== 8) return undefined;
      const components = bytes[at + 9] as number;
      header = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7), components };
    }
    at += 2 + length;
  }
  return undefined;
}
