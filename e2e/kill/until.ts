/** Waits for a condition, not for a time: the limit only says when to give up. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseUnavailable } from '@machikado/database';

const LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 10;

/** While the database is away, the condition does not hold. A condition may say what it still waits for. */
export async function until(
  what: string,
  holds: () => Promise<boolean | { readonly waitsFor: unknown }>,
): Promise<void> {
  let last: unknown = '';
  for (const giveUpAt = performance.now() + LIMIT_MS; performance.now() < giveUpAt; await sleep(LOOK_EVERY_MS)) {
    last = await holds().catch(falseWhileAway);
    if (last === true) return;
  }
  throw new Error(`gave up waiting: ${what} ${JSON.stringify(last)}`);
}

function falseWhileAway(error: unknown): false {
  if (error instanceof DatabaseUnavailable) return false;
  throw error;
}
