/** キオスク端末 as a process: `node --import tsx apps/kiosk/agent/src/main.ts --config <file>`. */
import { createPdfReader } from '@machikado/inspection';
import { runService } from '@machikado/server';
import { claimStateDir } from './adapters/claim-state-dir.ts';
import { pdfSheetReader } from './adapters/pdf-sheet-reader.ts';
import { ScreenKioskConfig } from './config.ts';
import { openDevices } from './open-devices.ts';
import { openPorts } from './open-ports.ts';
import { createScreenKiosk } from './screen-kiosk.ts';

await runService({
  service: 'kiosk',
  schema: ScreenKioskConfig,
  async compose(config, { log }) {
    const claim = await claimStateDir(config.stateDir);
    const eyes = createPdfReader({ workers: 1 });
    const { devices, close: closeDevices } = await openDevices(config);
    const { ports, close: closePorts } = openPorts(config, { ...devices, sheetReader: pdfSheetReader(eyes) });
    const kiosk = createScreenKiosk(config, ports, log);
    return {
      listen: () => kiosk.listen(),
      async close() {
        await kiosk.close();
        await closePorts();
        await closeDevices();
        await eyes.close();
        await claim.release();
      },
    };
  },
});
