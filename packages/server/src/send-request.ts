/**
 * One request over undici, and its reply gathered piece by piece as it comes: the stream that undici’s `request` makes of it costs more than the bytes
 * themselves. What the dispatcher is held to (size of a reply, connections) holds here too.
 */
import type { Dispatcher } from 'undici';

export interface ReplyBegun {
  readonly status: number;
  readonly contentType: string;
  /** Fails when the rest does not come, or a signal stops it. */
  readonly bytes: Promise<Uint8Array>;
}

/** Resolves when the head of the reply is there. Each of the signals stops it, as soon as it has a connection. */
export function sendRequest(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  signals: readonly AbortSignal[],
): Promise<ReplyBegun> {
  return new Promise((begin, refuse) => {
    const parts: Buffer[] = [];
    let whole: (bytes: Uint8Array) => void = () => undefined;
    let broken: (error: Error) => void = refuse;
    let controller: Dispatcher.DispatchController | undefined;
    const stop = () => {
      const by = signals.find(({ aborted }) => aborted);
      if (by) controller?.abort(by.reason);
    };
    const leave = () => {
      for (const signal of signals) signal.removeEventListener('abort', stop);
    };
    for (const signal of signals) signal.addEventListener('abort', stop);
    dispatcher.dispatch(request, {
      onRequestStart(started) {
        controller = started;
        stop();
      },
      onResponseStart(_, status, headers) {
        if (status < 200) return;
        const bytes = new Promise<Uint8Array>((resolve, reject) => {
          whole = resolve;
          broken = reject;
        });
        // Whoever has given up by now does not ask for them.
        bytes.catch(() => undefined);
        begin({ status, contentType: String(headers['content-type'] ?? ''), bytes });
      },
      onResponseData(_, part) {
        parts.push(part);
      },
      onResponseEnd() {
        leave();
        whole(Buffer.concat(parts));
      },
      onResponseError(_, error) {
        leave();
        broken(error);
      },
    });
  });
}
