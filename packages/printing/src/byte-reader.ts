/** Bytes read from the front, never beyond their end. */
import { IppFormatError } from './ipp-error.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  take(count: number): Buffer {
    if (count > this.left) throw new IppFormatError('truncated');
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  octet(): number {
    return this.take(1).readUInt8();
  }

  /** The next octet, left where it is. */
  peek(): number | undefined {
    return this.#bytes[this.#at];
  }

  short(): number {
    return this.take(2).readUInt16BE();
  }

  integer(): number {
    return this.take(4).readInt32BE();
  }

  /** A SIGNED-SHORT length and so many octets. */
  counted(): Buffer {
    const length = this.take(2).readInt16BE();
    if (length < 0) throw new IppFormatError('bad-length');
    return this.take(length);
  }

  countedText(): string {
    return toText(this.counted());
  }

  rest(): Uint8Array {
    return new Uint8Array(this.take(this.left));
  }
}

export function toText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new IppFormatError('bad-text');
  }
}
