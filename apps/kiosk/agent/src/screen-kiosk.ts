/**
 * キオスク端末 with a person at the glass: devices, center, journal, and the door to the screen. When it is switched off, the use that is under way
 * is given up as if the resident had walked away, so that no money stays.
 */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { errorFields, type Log } from '@machikado/server';
import { ordinaryIdle, type ScreenKioskConfig } from './config.ts';
import type { Ports } from './ports.ts';
import type { Outlook } from './resident.ts';
import { createGlass } from './screen/glass.ts';
import { municipalitiesFor } from './screen/municipality-table.ts';
import { createScreenResident } from './screen/screen-resident.ts';
import { serveForEver } from './screen/serve-for-ever.ts';
import { openScreenServer, type ScreenServer } from './screen/server.ts';

export interface ScreenKiosk {
  listen(): Promise<{ readonly port: number; readonly url: string }>;
  close(): Promise<void>;
}

type Settings = Pick<ScreenKioskConfig, 'stateDir' | 'screen' | 'idle'>;

const TOKEN_BYTES = 32;
const FIRST_LOOK_MS = 1_500;
const builtScreen = fileURLToPath(new URL('../../screen/dist', import.meta.url));

export function createScreenKiosk(settings: Settings, ports: Ports, log: Log): ScreenKiosk {
  const { stateDir, screen, idle = ordinaryIdle } = settings;
  const { clock, random } = ports;
  const stop = new AbortController();
  const glass = createGlass(random);
  let outlook: Outlook | undefined;
  let looked: () => void = () => {};
  const firstLook = new Promise<void>((resolve) => {
    looked = resolve;
  });
  const resident = createScreenResident({
    ...{ glass, ports, idle, stop: stop.signal },
    alarm: (what) => log.alarm(what),
    onOutlook(now) {
      outlook = now;
      looked();
    },
  });
  let server: ScreenServer | undefined;
  let serving: Promise<void> | undefined;

  return {
    async listen() {
      // One wait for all who ask: a page may be loaded again and again.
      const late = clock.sleep(FIRST_LOOK_MS, stop.signal).catch(() => undefined);
      server = await openScreenServer({
        ...{ glass, clock, port: screen.port, dir: screen.dir ?? builtScreen },
        ...(screen.framedBy !== undefined && { framedBy: screen.framedBy }),
        token: Buffer.from(random(TOKEN_BYTES)).toString('base64url'),
        async municipalities() {
          await Promise.race([firstLook, late]);
          return municipalitiesFor(outlook?.status ?? null);
        },
      });
      tell(stateDir, server.url);
      serving = serveForEver({ resident, ports, log }, stop.signal);
      serving.catch((error: unknown) => log.alarm('stopped', errorFields(error)));
      return server;
    },
    async close() {
      stop.abort();
      await serving?.catch(() => undefined);
      await server?.close();
      rmSync(urlFileIn(stateDir), { force: true });
    },
  };
}

const urlFileIn = (stateDir: string) => join(stateDir, 'screen-url');

/** Whole or not at all, and for the kiosk’s own user alone: the address holds the token. */
function tell(stateDir: string, url: string): void {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const fresh = `${urlFileIn(stateDir)}.new`;
  rmSync(fresh, { force: true });
  writeFileSync(fresh, `${url}\n`, { mode: 0o600 });
  renameSync(fresh, urlFileIn(stateDir));
}
