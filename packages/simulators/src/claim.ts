/**
 * Exclusive use of a device (UnifiedPOS `claim`): one agent at a time on one folder. A claim dies with its process, so a killed
 * agent blocks nobody.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeviceFault } from './device-fault.ts';

export function claimDevice(dir: string): { release(): void } {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'claim');
  if (existsSync(file) && isOtherLiving(Number(readFileSync(file, 'utf8')))) throw new DeviceFault('claimed');
  writeFileSync(file, String(process.pid));
  return { release: () => rmSync(file, { force: true }) };
}

function isOtherLiving(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
