/** まだここにいます: the glass is touched within one scene. The agent hears of it now and then, not of every touch. */
export const stayEveryMs = 10_000;

export function createStaySignal(now: () => number, tell: () => void): () => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (now() - toldAt < stayEveryMs) return;
    toldAt = now();
    tell();
  };
}
