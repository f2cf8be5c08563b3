/**
 * What the kiosk holds during one use: cert, proof, shares, opened sheets. The bytes are zeroed when the use ends. Text (names on
 * the screen) cannot be overwritten in JavaScript: it is only let go, which is why the process holds no other reference to it.
 */
export interface UseMemory {
  keep<B extends Uint8Array>(bytes: B): B;
  wipe(): void;
}

export function createUseMemory(): UseMemory {
  const kept = new Set<Uint8Array>();
  return {
    keep(bytes) {
      kept.add(bytes);
      return bytes;
    },
    wipe() {
      for (const bytes of kept) bytes.fill(0);
      kept.clear();
    },
  };
}
