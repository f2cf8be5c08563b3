/**
 * What a device physically did, line by line, on disk before the act counts as done. A simulated device has no other state:
 * it is the fold of its log, so an agent that is killed and opens the folder again meets the device as it really stands.
 * Lines are folded one by one and not kept: a machine that served ten thousand people is as quick, and as small, as a new one.
 */
import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface DeviceLog<E> {
  /** Nothing was ever done. */
  readonly isNew: boolean;
  append(entry: E): void;
  close(): void;
}

/** `take` is given every line, first those that stand there. */
export function openDeviceLog<E>(file: string, take: (entry: E) => void = () => undefined): DeviceLog<E> {
  mkdirSync(dirname(file), { recursive: true });
  const { entries, soundBytes } = readSound<E>(file);
  const fd = openSync(file, 'a');
  ftruncateSync(fd, soundBytes);
  for (const entry of entries) take(entry);
  return {
    isNew: entries.length === 0,
    append(entry) {
      writeSync(fd, `${JSON.stringify(entry)}\n`);
      fsyncSync(fd);
      take(entry);
    },
    close: () => closeSync(fd),
  };
}

export function readDeviceLog<E>(file: string): readonly E[] {
  return readSound<E>(file).entries;
}

/** A line without its end was being written when the power went: it never happened. */
function readSound<E>(file: string): { entries: E[]; soundBytes: number } {
  if (!existsSync(file)) return { entries: [], soundBytes: 0 };
  const text = readFileSync(file, 'utf8');
  const sound = text.slice(0, text.lastIndexOf('\n') + 1);
  const entries = sound
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as E);
  return { entries, soundBytes: Buffer.byteLength(sound) };
}
