/** Tells whoever waits that a device changed. A wait that is given up rejects with the reason of its signal. */
export interface Watch {
  changed(): void;
  /** The next change. */
  change(signal: AbortSignal): Promise<void>;
  listen(listener: () => void): () => void;
}

export function createWatch(): Watch {
  const listeners = new Set<() => void>();
  const listen = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return {
    listen,
    changed() {
      for (const tell of [...listeners]) tell();
    },
    change(signal) {
      signal.throwIfAborted();
      return new Promise((resolve, reject) => {
        const giveUp = () => {
          forget();
          reject(signal.reason);
        };
        const forget = listen(() => {
          forget();
          signal.removeEventListener('abort', giveUp);
          resolve();
        });
        signal.addEventListener('abort', giveUp, { once: true });
      });
    },
  };
}
