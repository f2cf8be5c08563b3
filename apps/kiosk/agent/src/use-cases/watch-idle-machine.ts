/**
 * Between two uses: how machine and center stand, and, behind it, what an earlier use could not bring to its end, for want of an
 * answer or a device, is brought there. Both go on as long as nobody begins.
 */
import { ProtocolError, type StatusReply } from '@machikado/protocol';
import { KioskFault } from '../kiosk-fault.ts';
import { LostReply, type Ports } from '../ports.ts';
import type { Outlook } from '../resident.ts';
import { lookAtMachine } from './look-at-machine.ts';
import { recoverAfterRestart, type TellLateEnd } from './recover-after-restart.ts';

export interface IdleMachine {
  look(): Promise<Outlook>;
  /** KIOSK_NOT_READY when something stays open. */
  settle(): Promise<void>;
}

export interface IdleWitness {
  /** Why something stays open. */
  onUnsettled?(error: unknown): void;
  readonly onLateEnd?: TellLateEnd;
}

export function watchIdleMachine(ports: Ports, witness: IdleWitness = {}): IdleMachine {
  let settling: Promise<void> | undefined;
  const settle = () => {
    settling ??= settleLeftOvers(ports, witness).finally(() => {
      settling = undefined;
    });
    return settling;
  };
  return {
    settle,
    async look() {
      settle().catch(() => undefined);
      const [machine, status] = await Promise.all([lookAtMachine(ports), askStatus(ports)]);
      return { machine, status };
    },
  };
}

async function settleLeftOvers(ports: Ports, { onUnsettled, onLateEnd }: IdleWitness): Promise<void> {
  try {
    const { journal, printer } = ports;
    if (journal.openOrders().length > 0 || (await printer.activeJobs()).length > 0)
      await recoverAfterRestart(ports, onLateEnd);
  } catch (cause) {
    onUnsettled?.(cause);
    throw new KioskFault('KIOSK_NOT_READY', { cause });
  }
}

async function askStatus({ center }: Ports): Promise<StatusReply | null> {
  try {
    return await center.status();
  } catch (error) {
    if (error instanceof LostReply || error instanceof ProtocolError) return null;
    throw error;
  }
}
