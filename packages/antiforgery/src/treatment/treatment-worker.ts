/** Runs in a worker thread: bytes in, bytes or a refusal out. No key comes here. */
import { freeMemory } from '@machikado/inspection';
import { Tinypool } from 'tinypool';
import { type CodedFront, codePacked, codeShrunk, type PackedFront } from '../format/code-front.ts';
import { IntakeRefusal } from '../intake/intake-refusal.ts';
import { takeIn } from '../intake/take-in.ts';
import { composeCopy } from './compose-copy.ts';
import type { Work, WorkerAnswer } from './treatment-job.ts';
import { TreatmentRefusal } from './treatment-refusal.ts';

export default async function work(asked: Work): Promise<WorkerAnswer> {
  try {
    if ('takeIn' in asked) return moved(takeIn(asked.takeIn).toPdf());
    if ('codePacked' in asked) return { coded: codeOnce(asked.codePacked) };
    if ('codeShrunk' in asked) return { coded: codeShrunk(asked.codeShrunk) };
    return moved(await composeCopy(asked.compose));
  } catch (error) {
    if (error instanceof IntakeRefusal) return { notTakenIn: error.code, detail: error.detail };
    if (error instanceof TreatmentRefusal) return { refused: error.code };
    throw error;
  }
}

/** The front is this thread's own copy. */
function codeOnce(front: PackedFront): CodedFront | undefined {
  const coded = codePacked(front);
  freeMemory([front.bits]);
  return coded;
}

/** The document changes hands instead of being copied, unless it lies in a buffer that others use too. */
function moved(pdf: Uint8Array): WorkerAnswer {
  if (pdf.byteLength !== pdf.buffer.byteLength) return { pdf };
  return Tinypool.move({
    get [Tinypool.transferableSymbol]() {
      return [pdf.buffer];
    },
    get [Tinypool.valueSymbol]() {
      return { pdf };
    },
  } as never) as unknown as WorkerAnswer;
}
