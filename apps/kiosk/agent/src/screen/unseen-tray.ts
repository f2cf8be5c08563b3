/**
 * 排紙口 without an eye: after a restart, and after a job that outlived its use, nobody knows what lies in it. Until somebody has
 * looked, once every job is over, nobody else may begin: the paper would be another person’s.
 */
import { KioskFault } from '../kiosk-fault.ts';
import { factsOf } from '../order-facts.ts';
import type { Ports } from '../ports.ts';
import type { Resident } from '../resident.ts';

export interface UnseenTray {
  /** Asks whoever stands there to look, as soon as that makes sense. */
  lookInto(): Promise<void>;
  /** The same resident, who cannot begin before. */
  readonly resident: Resident;
  /** A use is over: something of it may still come out. */
  remember(): Promise<void>;
}

export function watchUnseenTray(resident: Resident, { printer, journal }: Ports): UnseenTray {
  let unseen = true;
  const trayEmpty = () => printer.trayEmpty().catch(() => 'unknown' as const);
  const jobsAreOver = async () => {
    const sheets = journal.openOrders().flatMap((orderId) => factsOf(journal.entriesOf(orderId)).sheets);
    return sheets.every(({ end }) => end !== undefined) && (await printer.activeJobs()).length === 0;
  };
  /** While the printer does not answer it cannot be used either. */
  const isDue = async () => {
    try {
      return unseen && (await printer.trayEmpty()) === 'unknown' && (await jobsAreOver());
    } catch {
      return false;
    }
  };
  return {
    async lookInto() {
      if (!(await isDue())) return;
      await resident.takePaper({ changeYen: 0, trayEmpty });
      unseen = false;
    },
    resident: {
      ...resident,
      async begin(look) {
        await resident.begin(async () => {
          const outlook = await look();
          if (await isDue()) throw new KioskFault('KIOSK_NOT_READY');
          return outlook;
        });
        if (unseen && (await trayEmpty()) === 'unknown') throw new KioskFault('KIOSK_NOT_READY');
      },
    },
    async remember() {
      unseen ||= !(await jobsAreOver().catch(() => false));
    },
  };
}
