/**
 * Whether a service can do its work, asked once at a time, and its word of a moment ago for all who ask meanwhile. The question costs a place at
 * the database and comes from whoever has a cert of the CA, so it must not be worth asking often.
 */
import type { MonotonicClock } from './clocks.ts';

const KEPT_MS = 1_000;

export function sharedHealth(ask: () => Promise<boolean>, clock: MonotonicClock): () => Promise<boolean> {
  let latest: { readonly answer: Promise<boolean>; answeredAtMs: number } | undefined;
  return () => {
    if (latest && clock.nowMs() - latest.answeredAtMs < KEPT_MS) return latest.answer;
    const asked = { answer: ask().catch(() => false), answeredAtMs: Number.POSITIVE_INFINITY };
    latest = asked;
    void asked.answer.then(() => {
      asked.answeredAtMs = clock.nowMs();
    });
    return asked.answer;
  };
}
