/** Plays rows one after the other: services die around one machine, and another machine dies itself. Both serve on after each row. */
import type { KioskChild } from './kiosk-child.ts';
import { killKiosk, killService, type Stage, startKioskOf } from './play-row.ts';
import { nameOf, type Row } from './steps.ts';

export interface Stages {
  readonly serving: Stage;
  readonly dying: Stage;
}

/** Names of the rows that failed and why. After a failure the books stay wrong, so the rest is left out. */
export async function playTable(rows: readonly Row[], { serving, dying }: Stages): Promise<readonly string[]> {
  let kiosk: KioskChild | undefined;
  let at = '';
  try {
    for (const row of rows) {
      at = nameOf(row);
      if (row.kill === 'kiosk') kiosk = await killKiosk(row, dying, kiosk ?? (await openKiosk(dying)));
      else await killService(row, serving);
    }
    return [];
  } catch (error) {
    return [`${at}: ${error instanceof Error ? error.message : error}`];
  } finally {
    await kiosk?.end();
  }
}

async function openKiosk({ town, kioskId }: Stage): Promise<KioskChild> {
  const kiosk = startKioskOf(town, kioskId);
  await kiosk.recover();
  return kiosk;
}
