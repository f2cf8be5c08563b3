/** Waits for something that another process does. */
import assert from 'node:assert/strict';

const LOOK_MS = 20;
const PATIENCE_MS = 15_000;

export async function until(happened: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const giveUpAt = performance.now() + PATIENCE_MS; !(await happened()); ) {
    assert.ok(performance.now() < giveUpAt, `waited too long until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
