/**
 * 偽造・改ざん防止の付加 (treatment): the work on a stranger's document, in worker threads. A runaway is stopped with its thread, and a crash is a
 * refusal of that one document.
 */
import { freeMemory, startThreads, ThreadFailure } from '@machikado/inspection';
import { type CodedFront, packFront } from '../format/code-front.ts';
import { intakeLimits } from '../intake/intake-limits.ts';
import { IntakeRefusal } from '../intake/intake-refusal.ts';
import type { Raster } from '../raster.ts';
import type { TreatmentJob, Work, WorkerAnswer } from './treatment-job.ts';
import { TreatmentRefusal } from './treatment-refusal.ts';

export interface UntilGivenUp {
  readonly signal?: AbortSignal;
}

/** Each rejects with TreatmentRefusal when the document is refused, with the signal’s reason when the asker gave up. */
export interface Treatment {
  /** The clean document: what was understood of the municipality’s, each page as one form. */
  takeIn(pdf: Uint8Array, options?: UntilGivenUp): Promise<Uint8Array>;
  /** `raster`: a page of the clean document at 200 dpi. */
  codeFront(raster: Raster, options?: UntilGivenUp): Promise<CodedFront>;
  compose(job: TreatmentJob, options?: UntilGivenUp): Promise<Uint8Array>;
  close(): Promise<void>;
}

export function createTreatment({
  workers,
  timeoutMs = 10_000,
}: {
  readonly workers: number;
  readonly timeoutMs?: number;
}): Treatment {
  const filename = new URL('./treatment-worker.mjs', import.meta.url).href;
  const threads = startThreads({ filename, workers, timeoutMs });
  const run = async (work: Work, signal: AbortSignal | undefined): Promise<WorkerAnswer> => {
    const answer = await threads.run(work, { signal }).catch((error: unknown): never => {
      if (!(error instanceof ThreadFailure)) throw error;
      throw new TreatmentRefusal(error.reason === 'too-slow' ? 'TOO_SLOW' : 'CRASHED', { cause: error.cause });
    });
    return refuseRefused(answer as WorkerAnswer);
  };
  return {
    async takeIn(pdf, { signal } = {}) {
      if (pdf.length > intakeLimits.bytesMax) throw new TreatmentRefusal('TOO_LARGE');
      return pdfOf(await run({ takeIn: pdf }, signal));
    },
    async codeFront({ width, height, data }, { signal } = {}) {
      signal?.throwIfAborted();
      const raster = { width, height, data };
      // An eighth of the bytes to copy from thread to thread; hardly any page needs more.
      const packed = packFront(raster);
      const answer = await run({ codePacked: packed }, signal).finally(() => freeMemory([packed.bits]));
      const coded = codedOf(answer);
      if (coded) return coded;
      const shrunk = codedOf(await run({ codeShrunk: raster }, signal));
      if (!shrunk) throw new TypeError('the worker answered nothing');
      return shrunk;
    },
    compose: async (job, { signal } = {}) => pdfOf(await run({ compose: job }, signal)),
    close: () => threads.close(),
  };
}

function codedOf(answer: WorkerAnswer): CodedFront | undefined {
  if (!('coded' in answer)) throw new TypeError('the worker answered another question');
  return answer.coded;
}

function pdfOf(answer: WorkerAnswer): Uint8Array {
  if (!('pdf' in answer)) throw new TypeError('the worker answered another question');
  return answer.pdf;
}

function refuseRefused(answer: WorkerAnswer): WorkerAnswer {
  if ('refused' in answer) throw new TreatmentRefusal(answer.refused);
  if ('notTakenIn' in answer)
    throw new TreatmentRefusal(answer.notTakenIn, { cause: new IntakeRefusal(answer.notTakenIn, answer.detail) });
  return answer;
}
