/** No use starts while anything keeps the machine from serving. */
import { KioskFault } from '../kiosk-fault.ts';
import type { Ports } from '../ports.ts';
import { lookAtMachine } from './look-at-machine.ts';

export async function refuseUnlessReady(ports: Ports): Promise<void> {
  if ((await lookAtMachine(ports)).faults.length > 0) throw new KioskFault('KIOSK_NOT_READY');
}
