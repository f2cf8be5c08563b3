/** The town with the gate in its databases, and eyes for the kiosks of the test’s own process. */
import { createPdfReader } from '@machikado/inspection';
import { pdfSheetReader } from '@machikado/kiosk-agent';
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
  const eyes = createPdfReader({ workers: 1 });
  const sheetReader = pdfSheetReader(eyes);
  return {
    town,
    stageOf: (kioskId, wish) => ({ town, kioskId, sheetReader, wish }),
    async close() {
      await eyes.close();
      await town.close();
    },
  };
}
