/**
 * PostgreSQL refuses to run as root. Where we are root (containers, mostly) its processes run as `nobody`, who must be able
 * to reach both the binaries and the data.
 */
import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
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
