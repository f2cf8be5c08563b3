/**
 * 職員, as commands write them down: the name that a person gives, and beside it the account of the machine under which the command
 * runs. The name is a claim; the account no option changes.
 */
import { userInfo } from 'node:os';

/** undefined: no name was given. */
export function staffName(given: string | undefined, account = accountHere()): string | undefined {
  const name = given?.trim();
  return name ? `${name} (${account})` : undefined;
}

function accountHere(): string {
  try {
    return userInfo().username;
  } catch {
    // An account without a name, as in some containers.
    return `uid ${process.getuid?.()}`;
  }
}
