/** The town with the gate in its databases, and eyes for the kiosks of the test’s own process. */
import { pdfSheetReader } from '@machikado/kiosk-agent';
import { sharedReader } from '../shared-threads.ts';
import { installGate } from './commit-gate.ts';
import { type KillableTown, openKillableTown } from './killable-town.ts';
import type { Wish } from './machine.ts';
import type { Stage } from './play-row.ts';

export interface Theatre {
  readonly town: KillableTown;
  stageOf(kioskId: string, wish: Wish): Stage;
  close(): Promise<void>;
}

export async function openTheatre(kiosks: readonly string[]): Promise<Theatre> {
  const town = await openKillableTown(kiosks);
  await installGate(town.centerDb, 'center', 'public');
  await installGate(town.issuerDb, 'issuer', `m${town.lgCode}`);
  const sheetReader = pdfSheetReader(sharedReader());
  return {
    town,
    stageOf: (kioskId, wish) => ({ town, kioskId, sheetReader, wish }),
    close: () => town.close(),
  };
}
