/**
 * PostgreSQL refuses to run as root. Where we are root (containers, mostly) its processes run as `nobody`, who must be able
 * to reach both the binaries and the data.
 */
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

const NOBODY: Identity = { uid: 65534, gid: 65534 };

/** Whom the server runs as; undefined = as ourselves. */
export function serverIdentity(): Identity | undefined {
  return process.getuid?.() === 0 ? NOBODY : undefined;
}

/** The outermost folder on the way to `target` that `who` cannot pass. */
export function firstClosedFolder(target: string, who: Identity): string | undefined {
  const { root } = path.parse(path.resolve(target));
  const steps = path.resolve(target).slice(root.length).split(path.sep);
  const folders = steps.map((_, i) => path.join(root, ...steps.slice(0, i)));
  return folders.find((folder) => existsSync(folder) && !canPass(folder, who));
}

export function assertReachable(what: string, target: string, who: Identity): void {
  const closed = firstClosedFolder(target, who);
  if (closed === undefined) return;
  throw new Error(
    `the embedded PostgreSQL runs as nobody (uid ${who.uid}) because this process is root, and nobody cannot pass ${closed} ` +
      `on the way to ${what}; move the folder, open it with chmod o+x, or set DATABASE_URL to a PostgreSQL from 15 on`,
  );
}

/**
 * Where `nobody` can reach the folder: itself, or a place of the same meaning outside. Root’s own home is closed to everybody,
 * and a clone often lies just there.
 */
export function reachableFolder(folder: string, who: Identity | undefined, open = openPlace()): string {
  if (who === undefined || firstClosedFolder(path.join(folder, 'data'), who) === undefined) return folder;
  return ours(path.join(open, `machikado-${digestOf(folder)}`));
}

/** The same for what was installed: a copy, made once and whole. */
export function reachableCopy(installed: string, who: Identity | undefined, open = openPlace()): string {
  if (who === undefined || firstClosedFolder(path.join(installed, 'native'), who) === undefined) return installed;
  const { mtimeMs, ino } = statSync(installed);
  const copy = path.join(open, `machikado-binaries-${digestOf(`${installed} ${mtimeMs} ${ino}`)}`);
  if (existsSync(ours(copy))) return copy;
  const unfinished = mkdtempSync(`${copy}.`);
  cpSync(installed, unfinished, { recursive: true, verbatimSymlinks: true });
  chmodSync(unfinished, 0o755);
  try {
    renameSync(unfinished, copy);
  } catch {
    // Another process was first; its copy is as good.
    rmSync(unfinished, { recursive: true, force: true });
  }
  return copy;
}

/** The place is open to everybody: what somebody else has put there is not used. */
function ours(folder: string): string {
  if (existsSync(folder) && statSync(folder).uid !== process.getuid?.()) {
    throw new Error(`${folder} belongs to another user; remove it, or set DATABASE_URL to a PostgreSQL from 15 on`);
  }
  return folder;
}

/** Survives a restart of the machine, unlike the ordinary temporary folder. */
function openPlace(): string {
  return existsSync('/var/tmp') ? '/var/tmp' : os.tmpdir();
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** Makes the folder; whatever has to be made on the way can be passed by everybody, whatever the umask says. */
export function makePassableFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = path.dirname(made)) chmodSync(made, 0o755);
}

function canPass(folder: string, who: Identity): boolean {
  const { mode, uid, gid } = statSync(folder);
  if (uid === who.uid) return (mode & 0o100) !== 0;
  if (gid === who.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
