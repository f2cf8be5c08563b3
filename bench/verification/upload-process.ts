/** Works one upload as the site’s processes do, each in a process of its own: started and with its keys before the clock runs, and nothing in it is warm. */
import { examine } from '../../apps/verification/src/examination/examine.ts';
import { openEngine } from '../../apps/verification/src/examination/paper-engine.ts';
import type { Examined, Refused } from '../../apps/verification/src/ports.ts';
import { openingKeys } from '../keys.ts';

export interface WorkedUpload {
  /** The refusal, or that it was read. */
  readonly answer: string;
  readonly wallMs: number;
  readonly processorMs: number;
}

const engine = openEngine({
  masters: [...openingKeys.masters].map(([id, key]) => ({ id, key })),
  signers: [...openingKeys.signers].map(([id, key]) => ({
    id,
    pem: key.export({ type: 'spki', format: 'pem' }).toString(),
  })),
});

process.on('message', async (bytes: Uint8Array) => {
  const started = performance.now();
  const processor = process.cpuUsage();
  const answer = await examine({ files: [{ role: 'back', bytes }] }, engine);
  const wallMs = performance.now() - started;
  const { user, system } = process.cpuUsage(processor);
  const worked: WorkedUpload = { answer: nameOf(answer), wallMs, processorMs: (user + system) / 1000 };
  process.send?.(worked, () => process.exit(0));
});
process.send?.('ready');

const nameOf = (answer: Examined | Refused) => ('refused' in answer ? answer.refused : 'read');
