/** One use after the other, for ever. One that ends by a mistake of ours is told to the log by its code, and the machine goes on. */
import { errorFields, type Log } from '@machikado/server';
import type { Ports } from '../ports.ts';
import type { Resident } from '../resident.ts';
import { serveResident } from '../use-cases/serve-resident.ts';
import { watchUnseenTray } from './unseen-tray.ts';

const AFTER_MISTAKE_MS = 5_000;

export async function serveForEver(
  { resident, ports, log }: { readonly resident: Resident; readonly ports: Ports; readonly log: Log },
  stop: AbortSignal,
): Promise<void> {
  const tray = watchUnseenTray(resident, ports);
  const onUnsettled = tellOnce(log);
  while (!stop.aborted) {
    await tray.lookInto();
    const { code, orderId, settlement, error } = await serveResident(tray.resident, ports, onUnsettled);
    await tray.remember();
    const facts = { code, orderId, state: settlement?.as };
    if (code === 'INTERNAL') log.alarm('use-failed', { ...errorFields(error), ...facts });
    else log.event('use-ended', facts);
    if (code === 'INTERNAL') await ports.clock.sleep(AFTER_MISTAKE_MS, stop).catch(() => undefined);
  }
}

/** Why an order stays open is told when it begins to be so, not at every look. */
function tellOnce(log: Log): (error: unknown) => void {
  let told = '';
  return (error) => {
    const fields = errorFields(error);
    const now = JSON.stringify(fields);
    if (now !== told) log.alarm('order-stays-open', fields);
    told = now;
  };
}
