/** 交付記録: the staff command of the issuing server says whether each entry follows from the one before. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { KillableTown } from './killable-town.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** How many entries follow from one another; fails when one does not. */
export async function countChainedEntries({ issuerConfigFile, lgCode }: KillableTown): Promise<number> {
  const command = ['--import', 'tsx', 'apps/issuer/src/staff.ts', 'verify-chain'];
  const options = ['--config', issuerConfigFile, '--lg-code', lgCode];
  const { stdout } = await promisify(execFile)(process.execPath, [...command, ...options], { cwd: root });
  return Number(/^whole: (\d+) entries/.exec(stdout)?.[1]);
}
