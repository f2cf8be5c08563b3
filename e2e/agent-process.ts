/** The kiosk’s agent as the process that it is in a store: simulated devices at their wires, scenes and acts over its door. */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CardFile, parseCardFile, VirtualCard } from '@machikado/card';
import type { ScreenKioskConfig } from '@machikado/kiosk-agent';
import type { Scene, SceneStep } from '@machikado/protocol';
import {
  connectCard,
  openCoinUnit,
  openLamp,
  openPrinter,
  openReceiptPrinter,
  openSpeaker,
  serveMachine,
} from '@machikado/simulators';
import { freePort } from '@machikado/testkit';
import { type Service, startService, writeJson } from '@machikado/town';
import { builtProgram } from './built-program.ts';
import type { Chain } from './open-chain.ts';

type SceneOf<S extends SceneStep> = Extract<Scene, { readonly step: S }>;

export interface AgentProcessOptions {
  readonly kioskId?: string;
  /** The built page; left out, scenes and acts are this program’s own. */
  readonly pageDir?: string;
  /** Another than the simulated one. */
  readonly printer?: ScreenKioskConfig['devices']['printer'];
  /** PC/SC, and where a card connects there. */
  readonly pcsc?: { readonly reader: string; readonly port: number };
  readonly patience?: Partial<NonNullable<ScreenKioskConfig['patience']>>;
}

export interface AgentProcess {
  readonly stateDir: string;
  readonly devicesDir: string;
  readonly outDir: string;
  readonly coinUnit: ReturnType<typeof openCoinUnit>;
  readonly printer: ReturnType<typeof openPrinter>;
  readonly logFile: string;
  start(): Promise<void>;
  /** Of the screen, since the last start. */
  url(): string;
  /** SIGTERM. */
  end(): Promise<void>;
  kill(): Promise<void>;
  layDown(card: CardFile | VirtualCard): { takeAway(): Promise<void> };
  until<S extends SceneStep>(step: S, where?: (scene: SceneOf<S>) => boolean): Promise<SceneOf<S>>;
  /** The answer’s status. */
  press(scene: Scene, act: Readonly<Record<string, unknown>>): Promise<number>;
  close(): Promise<void>;
}

export async function openAgentProcess(chain: Chain, options: AgentProcessOptions = {}): Promise<AgentProcess> {
  const { kioskId = 'kiosk-1', pageDir, pcsc } = options;
  const dir = join(chain.dir, 'agent-process', kioskId);
  const [stateDir, devicesDir, outDir, noPage] = ['state', 'devices', 'taken', 'page'].map((name) =>
    join(dir, name),
  ) as [string, string, string, string];
  mkdirSync(noPage, { recursive: true });
  writeFileSync(join(noPage, 'index.html'), '<!doctype html>');
  const coinUnit = openCoinUnit(devicesDir);
  const printer = openPrinter(devicesDir);
  const machine = await serveMachine(
    { coinUnit, printer, receiptPrinter: openReceiptPrinter(devicesDir), speaker: openSpeaker(), lamp: openLamp() },
    { coinUnit: 0, printer: 0, receiptPrinter: 0, speaker: 0, lamp: 0 },
  );
  const readerPort = pcsc?.port ?? (await freePort());
  const config: ScreenKioskConfig = {
    kioskId,
    centerUrl: chain.centerUrls[0] ?? '',
    centerPins: chain.plan.centers.map(({ name }) => chain.pki.peer(name).pin),
    tls: tlsOf(chain, kioskId),
    sealPublicKeys: [...chain.sealKeys.values()].map((key) => key.export({ type: 'spki', format: 'pem' }).toString()),
    stateDir,
    screen: { port: 0, dir: pageDir ?? noPage },
    devices: {
      card: pcsc ? { kind: 'pcsc', reader: pcsc.reader } : { kind: 'wire', port: readerPort },
      coinUnit: { port: machine.coinUnit.port },
      receiptPrinter: { port: machine.receiptPrinter.port },
      speaker: { port: machine.speaker.port },
      lamp: { port: machine.lamp.port },
      printer: options.printer ?? { url: machine.printer.url },
    },
    patience: { retries: 5, retryMs: 100, printPollMs: 20, printStandstillMs: 5_000, ...options.patience },
  };
  const configFile = writeJson(dir, 'kiosk', config);
  let service: Service | undefined;
  let url: string | undefined;
  let glass: ReturnType<typeof openGlass> | undefined;
  // Two glasses at once would take the scenes from each other.
  const ownGlass = () => {
    if (pageDir !== undefined) throw new RangeError('the page is the glass');
    glass ??= openGlass(url ?? notStarted());
    return glass;
  };
  const wipeGlass = () => {
    glass?.close();
    glass = undefined;
  };

  const program = await builtProgram('apps/kiosk/agent/src/main.ts');
  return {
    ...{ stateDir, devicesDir, outDir, coinUnit, printer },
    logFile: join(dir, 'log', 'kiosk.log'),
    async start() {
      service = await startService('kiosk', program, ['--config', configFile], join(dir, 'log'));
      const file = join(stateDir, 'screen-url');
      if ((statSync(file).mode & 0o077) !== 0) throw new Error('others may read the address of the screen');
      url = readFileSync(file, 'utf8').trim();
    },
    url: () => url ?? notStarted(),
    async end() {
      await service?.stop();
      wipeGlass();
    },
    async kill() {
      const gone = new Promise((resolve) => service?.process.once('exit', resolve));
      service?.process.kill('SIGKILL');
      await gone;
      wipeGlass();
    },
    layDown: (card) =>
      connectCard(card instanceof VirtualCard ? card : new VirtualCard(parseCardFile(JSON.stringify(card)), () => {}), {
        port: readerPort,
      }),
    until: (step, where) => ownGlass().until(step, where),
    press: (scene, act) => ownGlass().press(scene, act),
    async close() {
      await service?.stop();
      wipeGlass();
      await machine.close();
    },
  };
}

function tlsOf(chain: Chain, kioskId: string) {
  const { keyFile, certFile, caFile } = chain.pki.peer(kioskId);
  return { keyFile, certFile, caFile };
}

function notStarted(): never {
  throw new Error('the agent was not started');
}

const WAIT_MS = 60_000;

/** What a page does, without a page. */
function openGlass(url: string) {
  const { origin, hash } = new URL(url);
  const headers = { authorization: `Bearer ${hash.slice(1)}`, 'content-type': 'application/json' };
  const over = new AbortController();
  const waiting = new Set<() => void>();
  let standing: Scene | undefined;
  const listen = async () => {
    const { body } = await fetch(`${origin}/scenes`, { headers, signal: over.signal });
    let rest = '';
    for await (const chunk of (body ?? []) as unknown as AsyncIterable<Uint8Array>) {
      const lines = (rest + new TextDecoder().decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines.filter(Boolean)) {
        standing = JSON.parse(line) as Scene;
        for (const look of [...waiting]) look();
      }
    }
  };
  // The agent is killed, or the test is over.
  listen().catch(() => undefined);
  return {
    until<S extends SceneStep>(step: S, where: (scene: SceneOf<S>) => boolean = () => true): Promise<SceneOf<S>> {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no ${step}; stands: ${JSON.stringify(standing)}`)), WAIT_MS);
        const look = () => {
          if (standing?.step !== step || !where(standing as SceneOf<S>)) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(standing as SceneOf<S>);
        };
        waiting.add(look);
        look();
      });
    },
    async press({ seq }: Scene, act: Readonly<Record<string, unknown>>): Promise<number> {
      return (await fetch(`${origin}/acts`, { method: 'POST', headers, body: JSON.stringify({ seq, ...act }) })).status;
    },
    close: () => over.abort(),
  };
}
