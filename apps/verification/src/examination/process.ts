/**
 * The process that works one upload and ends with it. It is started before it is needed: keys come first, then one job, then it is gone, and with it
 * everything that it saw. It reads no file and writes none; keys and pictures come over the pipe to its parent.
 */
import type { Examined, Refused, Upload } from '../ports.ts';
import type { Engine } from './engine.ts';
import { examine } from './examine.ts';
import { type EngineKeys, openEngine } from './paper-engine.ts';

export type ToProcess = { readonly keys: EngineKeys } | { readonly job: Upload };
export type FromProcess = { readonly ready: true } | { readonly done: Examined | Refused } | { readonly fault: string };

let engine: Engine | undefined;

process.on('message', (message: ToProcess) => {
  if ('keys' in message) {
    engine = openEngine(message.keys);
    say({ ready: true });
  } else void work(message.job);
});
// Whoever would hear the answer is gone.
process.on('disconnect', () => process.exit(0));

async function work(job: Upload): Promise<void> {
  try {
    if (!engine) throw new Error('a job before the keys');
    say({ done: await examine(job, engine) }, () => process.exit(0));
  } catch (error) {
    // A message could quote what was read.
    say({ fault: error instanceof Error ? error.name : typeof error }, () => process.exit(1));
  }
}

function say(message: FromProcess, then: () => void = () => undefined): void {
  process.send?.(message, then);
}
