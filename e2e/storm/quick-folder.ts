/**
 * Every line of a journal and of a device is synced before the next act; many kiosks on one disk would wait for it one after the
 * other. What a power cut leaves of them is tested elsewhere, so in a storm they may lie in memory.
 */
import { existsSync, statfsSync } from 'node:fs';

const MEMORY = '/dev/shm';
const ROOM_BYTES = 512_000_000;

export function quickFolder(otherwise: string): string {
  if (!existsSync(MEMORY)) return otherwise;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > ROOM_BYTES ? MEMORY : otherwise;
}
