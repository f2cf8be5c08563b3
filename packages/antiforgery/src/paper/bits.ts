/** Pixels of one byte each as the bits of an image mask: eight a byte, most significant first, each row from a byte of its own. */
export function packed(pixels: Uint8Array, width: number): Uint8Array {
  const rowBytes = Math.ceil(width / 8);
  const bits = new Uint8Array((pixels.length / width) * rowBytes);
  pixels.forEach((ink, i) => {
    const x = i % width;
    const at = ((i - x) / width) * rowBytes + (x >> 3);
    if (ink !== 0) bits[at] = (bits[at] ?? 0) | (128 >> (x & 7));
  });
  return bits;
}
