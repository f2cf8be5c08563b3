/** One use after the other, for ever. One that ends by a mistake of ours is told to the log by its code, and the machine goes on. */
import { errorFields, type Log } from '@machikado/server';
import type { Ports } from '../ports.ts';
import type { Resident } from '../resident.ts';
import { recoverAfterRestart } from '../use-cases/recover-after-restart.ts';
import { serveResident } from '../use-cases/serve-resident.ts';

const AFTER_MISTAKE_MS = 5_000;

export async function serveForEver(
  { resident, ports, log }: { readonly resident: Resident; readonly ports: Ports; readonly log: Log },
  stop: AbortSignal,
): Promise<void> {
  await lookIntoTray(resident, ports);
  while (!stop.aborted) {
    const { code, orderId, settlement, error } = await serveResident(resident, ports);
    const facts = { code, orderId, state: settlement?.as };
    if (code === 'INTERNAL') log.alarm('use-failed', { ...errorFields(error), ...facts });
    else log.event('use-ended', facts);
    if (code === 'INTERNAL') await ports.clock.sleep(AFTER_MISTAKE_MS, stop).catch(() => undefined);
  }
}

/** After a restart nobody knows what lies in a tray without an eye: somebody has to look, once every job is over. */
async function lookIntoTray(resident: Resident, ports: Ports): Promise<void> {
  const trayEmpty = () => ports.printer.trayEmpty();
  if ((await trayEmpty().catch(() => false)) !== 'unknown') return;
  await recoverAfterRestart(ports).catch(() => undefined);
  await resident.takePaper({ changeYen: 0, trayEmpty });
}
