/** Config files of every service of the town, in the form that a deployment writes by hand. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CenterConfig } from '@machikado/center';
import { drawSeal, type IssuerConfig, readBuildId } from '@machikado/issuer';
import type { ScreenKioskConfig } from '@machikado/kiosk-agent';
import type { RegistryConfig } from '@machikado/registry';
import type { ServicePeer, ServicePki } from '@machikado/testkit';
import type { VerificationConfig } from '@machikado/verification';
import type { WorkbenchConfig } from '@machikado/workbench';
import type { InventedTown } from './invented-towns.ts';
import type { TownKeys } from './town-keys.ts';

export const CENTER_ID = 'center-of-the-box';
export const OPERATOR_ID = 'operator-a';
export const BENCH_KIOSK = 'kiosk-on-the-bench';
export const SITE = 'verification';
/** 1.2.392.200149.8.5.1.3.30: jpki-cp-auth-class30. */
const USER_AUTH_POLICY = '1.2.392.200149.8.5.1.3.30';

/** Where the workbench and the kiosk on it listen. */
export type BenchPlan = Readonly<Record<(typeof benchListeners)[number], number>>;
export const benchListeners = [
  'page',
  'screen',
  'reader',
  'coinUnit',
  'receiptPrinter',
  'speaker',
  'lamp',
  'printer',
] as const;

export function benchPlan(port: () => number): BenchPlan {
  return Object.fromEntries(benchListeners.map((name) => [name, port()])) as BenchPlan;
}

/** Folders of the built pages. */
export interface Pages {
  readonly screenDir: string;
  readonly pageDir: string;
  readonly siteDir: string;
}

/** Where the 問い合わせサイト listens: for the public, and for the center. */
export interface SitePlan {
  readonly page: number;
  readonly inner: number;
}

export interface TownPlan {
  readonly dir: string;
  readonly towns: readonly InventedTown[];
  readonly keys: TownKeys;
  readonly pki: ServicePki;
  /** Addresses: several of each may serve the same towns on one database. */
  readonly centers: readonly { readonly name: string; readonly port: number }[];
  readonly issuers: readonly { readonly name: string; readonly port: number; readonly lgCodes: readonly string[] }[];
  readonly registries: readonly { readonly name: string; readonly port: number; readonly lgCodes: readonly string[] }[];
  readonly kiosks: readonly string[];
  /** The kiosk on the workbench, when there is one. */
  readonly bench?: BenchPlan;
  readonly site?: SitePlan;
  readonly ocspUrl: string;
  readonly anchorFiles: readonly string[];
  readonly databaseUrlFile: (database: string) => string;
  readonly businessOffsetMs: number;
}

const HOST = '127.0.0.1';
/** What stands on the backs of a town without a site. */
const NO_SITE = 'https://inquiry.invalid/';
const AGENT = fileURLToPath(new URL('../../apps/kiosk/agent/src/main.ts', import.meta.url));
const urlOf = ({ port }: { readonly port: number }) => `https://${HOST}:${port}`;
const tlsOf = ({ keyFile, certFile, caFile, crlFile }: ServicePeer) => ({ keyFile, certFile, caFile, crlFile });
const jpkiRules = (plan: TownPlan) => ({
  anchorFiles: [...plan.anchorFiles],
  policyOids: [USER_AUTH_POLICY],
  algorithms: ['rsa-pkcs1-sha256' as const, 'ecdsa-p384-sha384' as const],
  ocspMaxAgeMs: 600_000,
});
const demoClock = (plan: TownPlan) => ({ demo: true, businessClock: { offsetMs: plan.businessOffsetMs } });

export function centerConfig(plan: TownPlan, name: string): CenterConfig {
  const { port } = find(plan.centers, name);
  return {
    centerId: CENTER_ID,
    listen: { host: HOST, port },
    tls: tlsOf(plan.pki.peer(name)),
    databaseUrlFile: plan.databaseUrlFile('center'),
    keys: {
      directoryKeyFile: plan.keys.directoryKeyFile,
      proofKeyFile: plan.keys.proofKeyFile,
      sealKeyFile: plan.keys.seal.keyFile,
      scrambling: plan.keys.scrambling,
      sheetSigning: { id: plan.keys.sheetSigning.id, keyFile: plan.keys.sheetSigning.keyFile },
    },
    jpki: { ocspUrl: plan.ocspUrl, ...jpkiRules(plan) },
    kiosks: [...plan.kiosks, ...(plan.bench ? [BENCH_KIOSK] : [])].map((kiosk) => ({
      kioskId: kiosk,
      operatorId: OPERATOR_ID,
      spkiPins: [plan.pki.peer(kiosk).pin],
      test: true,
    })),
    municipalities: plan.towns.map(({ lgCode, settings }) => {
      const own = plan.keys.municipality(lgCode);
      return {
        lgCode,
        name: settings.name,
        issuers: plan.issuers
          .filter((issuer) => issuer.lgCodes.includes(lgCode))
          .map((issuer) => ({ url: urlOf(issuer), spkiPins: [plan.pki.peer(issuer.name).pin] })),
        bindingKeyFile: own.bindingKeyFile,
        bindingSignerFiles: [own.signing.publicFile],
        approvedBuilds: [readBuildId()],
      };
    }),
    inquiryUrl: plan.site ? siteUrlOf(plan.site) : NO_SITE,
    ...(plan.site && {
      verificationSites: [{ url: urlOf({ port: plan.site.inner }), spkiPins: [plan.pki.peer(SITE).pin] }],
    }),
    ...demoClock(plan),
  };
}

export function issuerConfig(plan: TownPlan, name: string): IssuerConfig {
  const { port, lgCodes } = find(plan.issuers, name);
  const registry = plan.registries.find((r) => lgCodes.every((lgCode) => r.lgCodes.includes(lgCode)));
  if (!registry) throw new Error('each issuing server reads one registry');
  return {
    listen: { host: HOST, port },
    tls: tlsOf(plan.pki.peer(name)),
    databaseUrlFile: plan.databaseUrlFile(issuerDatabase(lgCodes)),
    center: {
      centerId: CENTER_ID,
      spkiPins: plan.centers.map((center) => plan.pki.peer(center.name).pin),
      urls: plan.centers.map(urlOf),
    },
    registry: { url: urlOf(registry), spkiPins: [plan.pki.peer(registry.name).pin] },
    // An answer may be as old as the center allows when a session begins, and grows older while it lasts.
    jpki: { ...jpkiRules(plan), ocspMaxAgeMs: 1_500_000 },
    municipalities: plan.towns
      .filter(({ lgCode }) => lgCodes.includes(lgCode))
      .map(({ lgCode, settings, seals }) => {
        const own = plan.keys.municipality(lgCode);
        const settingsDir = join(plan.dir, 'config');
        const settingsFile = writeJson(settingsDir, `settings-${lgCode}`, settings);
        for (const [file, letters] of Object.entries(seals)) writeFileSync(join(settingsDir, file), drawSeal(letters));
        return {
          lgCode,
          settingsFile,
          signingKeyFile: own.signing.keyFile,
          bindingKeyFile: own.bindingKeyFile,
          directoryKeyFile: plan.keys.directoryKeyFile,
          residentRefSecretFile: own.residentRefSecretFile,
        };
      }),
    typesetter: { workers: 1 },
    reader: { workers: 1 },
    jobs: { pollMs: 1_000 },
    ...demoClock(plan),
  };
}

export function registryConfig(plan: TownPlan, name: string, adminPort: number): RegistryConfig {
  const { port, lgCodes } = find(plan.registries, name);
  return {
    towns: plan.towns.filter((t) => lgCodes.includes(t.lgCode)).map(({ lgCode, seed }) => ({ lgCode, seed })),
    issuers: plan.issuers.map((issuer) => ({
      name: issuer.name,
      spkiPin: plan.pki.peer(issuer.name).pin,
      lgCodes: [...issuer.lgCodes],
    })),
    host: HOST,
    port,
    adminPort,
    stateDir: join(plan.dir, name),
    tls: tlsOf(plan.pki.peer(name)),
  };
}

export function siteConfig(plan: TownPlan, { page, inner }: SitePlan, pageDir: string): VerificationConfig {
  const { scrambling, sheetSigning, seal, reportKeyFile } = plan.keys;
  return {
    public: { host: HOST, port: page },
    inner: {
      ...{ host: HOST, port: inner, tls: tlsOf(plan.pki.peer(SITE)), centerId: CENTER_ID },
      spkiPins: plan.centers.map(({ name }) => plan.pki.peer(name).pin),
      signerFiles: [seal.publicFile],
      stateDir: join(plan.dir, SITE),
    },
    keys: {
      masters: [{ id: scrambling.id, keyFile: scrambling.keyFile }],
      signers: [{ id: sheetSigning.id, keyFile: sheetSigning.publicFile }],
      reportKeyFile,
    },
    municipalities: plan.towns.map(({ lgCode, settings }) => ({ lgCode, name: settings.name })),
    pageDir,
    // Everybody here comes from the same address.
    limits: { checksPerMinute: 300 },
  };
}

export const siteUrlOf = ({ page }: SitePlan) => `http://${HOST}:${page}/`;

/** The kiosk’s agent, with every device at the workbench. */
export function benchKioskConfig(plan: TownPlan, bench: BenchPlan, { screenDir }: Pages): ScreenKioskConfig {
  const { keyFile, certFile, caFile } = plan.pki.peer(BENCH_KIOSK);
  const { coinUnit, receiptPrinter, speaker, lamp } = bench;
  return {
    kioskId: BENCH_KIOSK,
    store: '架空ストア 作業台店',
    centerUrl: centerUrlOf(plan),
    centerPins: plan.centers.map(({ name }) => plan.pki.peer(name).pin),
    tls: { keyFile, certFile, caFile },
    sealPublicKeys: [readFileSync(plan.keys.seal.publicFile, 'utf8')],
    stateDir: join(plan.dir, 'bench', 'kiosk'),
    screen: { port: bench.screen, dir: screenDir, framedBy: `http://${HOST}:${bench.page}` },
    devices: {
      card: { kind: 'wire', port: bench.reader },
      coinUnit: { port: coinUnit },
      receiptPrinter: { port: receiptPrinter },
      speaker: { port: speaker },
      lamp: { port: lamp },
      printer: { url: `ipp://${HOST}:${bench.printer}/ipp/print`, tray: 'reported' },
    },
  };
}

/** The workbench, which starts that agent itself: it is the mains. */
export function workbenchConfig(
  plan: TownPlan,
  bench: BenchPlan,
  known: Pages & {
    readonly kioskConfigFile: string;
    readonly cards: WorkbenchConfig['cards'];
    /** The town moved its clock by itself, for it is night. */
    readonly clockMoved: boolean;
  },
): WorkbenchConfig {
  const { coinUnit, receiptPrinter, speaker, lamp, printer } = bench;
  return {
    port: bench.page,
    stateDir: join(plan.dir, 'bench'),
    pageDir: known.pageDir,
    cards: known.cards,
    kiosk: {
      command: [process.execPath, '--import', 'tsx', AGENT],
      configFile: known.kioskConfigFile,
      screenUrlFile: join(plan.dir, 'bench', 'kiosk', 'screen-url'),
      readerPort: bench.reader,
    },
    devices: { coinUnit, receiptPrinter, speaker, lamp, printer },
    clock: { businessOffsetMs: plan.businessOffsetMs, moved: known.clockMoved },
    ...(plan.site && { verificationUrl: siteUrlOf(plan.site) }),
  };
}

export function centerUrlOf(plan: TownPlan): string {
  const [center] = plan.centers;
  if (!center) throw new RangeError('a town has a center');
  return urlOf(center);
}

/** Issuing servers of the same towns share a database. */
export function issuerDatabase(lgCodes: readonly string[]): string {
  return `issuer_${[...lgCodes].sort().join('_')}`;
}

export function writeJson(dir: string, name: string, value: unknown): string {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, `${name}.json`);
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  return file;
}

function find<T extends { readonly name: string }>(list: readonly T[], name: string): T {
  const found = list.find((entry) => entry.name === name);
  if (!found) throw new RangeError(`no ${name} in this town`);
  return found;
}
