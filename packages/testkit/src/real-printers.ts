/**
 * Printers that share nothing with ours: `ippeveprinter` (which needs a D-Bus daemon of its own, and nothing else) and a private
 * CUPS queue in front of it, with its spool in memory and without job history. Everything lives in one folder.
 */
import { type ChildProcess, execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-ports.ts';

export const ippPrograms = ['ippeveprinter', 'ipptool', 'dbus-daemon'];
export const ippPackages = 'cups-ipp-utils dbus-daemon';
export const cupsPrograms = [...ippPrograms, 'cupsd', 'lpadmin'];
export const cupsPackages = 'cups-ipp-utils cups-daemon cups-client cups-filters dbus-daemon';

const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export interface RealPrinter {
  readonly url: string;
  /** Everywhere it writes. */
  readonly folders: readonly string[];
  close(): Promise<void>;
}

export interface EvePrinter extends RealPrinter {
  /** The n-th sheet from now is stuck until the jam is cleared. */
  jam(sheet?: number): void;
  /** The stuck sheet goes on its way, or somebody takes it out. */
  clearJam(sheet?: 'goes on' | 'is taken out'): void;
  /** What it was told about each job, as its print command saw it. */
  jobs(): string;
  /** What came out, in that order, outside of its folders. */
  tray(): readonly PrintedSheet[];
}

export interface PrintedSheet {
  /** Of its job. */
  readonly name: string;
  readonly file: string;
}

export async function startEvePrinter(): Promise<EvePrinter> {
  const dir = mkdtempSync(join(tmpdir(), 'ippeveprinter-'));
  const tray = mkdtempSync(join(tmpdir(), 'tray-'));
  const spool = mkdtempSync(join(memory, 'ippeveprinter-spool-'));
  const file = (name: string) => join(dir, name);
  const port = await freePort();
  writeFileSync(file('bus.conf'), busConfig(file('bus')));
  writeFileSync(file('print.sh'), printCommand(dir, tray));
  chmodSync(file('print.sh'), 0o755);
  const bus = spawn('dbus-daemon', [`--config-file=${file('bus.conf')}`, '--nofork'], { stdio: 'ignore' });
  await until(() => existsSync(file('bus')));
  const printer = spawn(
    'ippeveprinter',
    [
      ...['-2', '-p', String(port), '-n', 'localhost', '-d', spool, '-f', 'application/pdf'],
      ...['-r', 'off', '-s', '20,20', '-c', file('print.sh'), 'Kiosk'],
    ],
    { stdio: 'ignore', env: { ...process.env, DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${file('bus')}` } },
  );
  const url = `ipp://localhost:${port}/ipp/print`;
  await until(() => attributesOf(url).includes('two-sided-long-edge'));
  const textOf = (name: string) => (existsSync(file(name)) ? readFileSync(file(name), 'utf8') : '');
  const jobNames = () => [...textOf('jobs').matchAll(/^name=(.*) sides=/gm)].map(([, name = '']) => name);
  const fed = () => jobNames().length;
  const jams = () => readdirSync(dir).filter((name) => name.startsWith('jam.'));
  return {
    url,
    folders: [dir, spool],
    jam: (sheet = 1) => writeFileSync(file(`jam.${fed() + sheet}`), ''),
    clearJam(sheet = 'goes on') {
      if (sheet === 'is taken out') writeFileSync(file(`gone.${fed()}`), '');
      rmSync(file(`jam.${fed()}`));
    },
    jobs: () => textOf('jobs'),
    tray: () =>
      jobNames().flatMap((name, i) => {
        const sheet = join(tray, `${i + 1}.pdf`);
        return existsSync(sheet) ? [{ name, file: sheet }] : [];
      }),
    async close() {
      for (const name of jams()) rmSync(file(name));
      await end(printer);
      await end(bus);
      for (const folder of [dir, spool, tray]) rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface CupsQueue extends RealPrinter {
  /** A queue keeps the last state of a job that was cancelled in it until the next job starts; set up anew, it forgets that. */
  setUpAnew(): void;
}

/** A queue of CUPS in front of another printer. */
export async function startCups(printerUrl: string): Promise<CupsQueue> {
  const dir = mkdtempSync(join(tmpdir(), 'cups-'));
  const spool = mkdtempSync(join(memory, 'cups-spool-'));
  const port = await freePort();
  for (const folder of ['cache', 'state']) mkdirSync(join(dir, folder));
  mkdirSync(join(spool, 'tmp'));
  // Started by root it lets its filters run as lp.
  if (process.getuid?.() === 0) execFileSync('chown', ['-R', 'root:lp', spool, dir]);
  chmodSync(spool, 0o710);
  chmodSync(dir, 0o755);
  chmodSync(join(spool, 'tmp'), 0o1770);
  writeFileSync(join(dir, 'cups-files.conf'), cupsFiles(dir, spool));
  writeFileSync(join(dir, 'cupsd.conf'), cupsSettings(port));
  const cups = spawn('cupsd', ['-f', '-c', join(dir, 'cupsd.conf'), '-s', join(dir, 'cups-files.conf')], {
    stdio: 'ignore',
  });
  const server = `127.0.0.1:${port}`;
  await until(() => spawnSync('lpstat', ['-h', server, '-r']).stdout.toString().includes('is running'));
  const setUpAnew = () => {
    execFileSync('lpadmin', ['-h', server, '-p', 'kiosk', '-E', '-v', printerUrl, '-m', 'everywhere'], {
      stdio: 'pipe',
    });
  };
  setUpAnew();
  const url = `ipp://${server}/printers/kiosk`;
  // The queue learns only after a while what the printer behind it can.
  await until(() => attributesOf(url).includes('two-sided-long-edge'));
  return {
    url,
    folders: [dir, spool],
    setUpAnew,
    async close() {
      await end(cups);
      for (const folder of [dir, spool]) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Numbers of the jobs that are not over. */
export function jobsAt(url: string): readonly number[] {
  const { stdout } = spawnSync('ipptool', ['-tv', '-T', '5', url, 'get-jobs.test'], { encoding: 'utf8' });
  return [...stdout.matchAll(/job-id \(integer\) = (\d+)/g)].map(([, id]) => Number(id));
}

/** As somebody at the printer does. */
export function cancelJob(url: string, id: number): void {
  const test = join(mkdtempSync(join(tmpdir(), 'ipptool-')), 'cancel-job.test');
  writeFileSync(test, cancelJobTest(id));
  try {
    execFileSync('ipptool', ['-t', '-T', '5', url, test], { stdio: 'pipe' });
  } finally {
    rmSync(dirname(test), { recursive: true });
  }
}

/** How a test file of `ipptool` ends at a printer. */
export async function ippScore(url: string, document: string, testFile: string): Promise<IppScore> {
  const text = await new Promise<string>((resolve) =>
    execFile('ipptool', ['-tI', '-f', document, url, testFile], { timeout: 90_000 }, (_, stdout) => resolve(stdout)),
  );
  const [, passed, failed] = /Summary: \d+ tests, (\d+) passed, (\d+) failed/.exec(text) ?? [];
  if (passed === undefined || failed === undefined) throw new Error(`ipptool did not end: ${text.slice(-400)}`);
  return { passed: Number(passed), failed: Number(failed) };
}

export interface IppScore {
  readonly passed: number;
  readonly failed: number;
}

function busConfig(socket: string): string {
  return `<busconfig><type>session</type><listen>unix:path=${socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`;
}

/** The print command: what it writes to stderr is what the printer reports. The document is the sheet, and lies in the tray at the end. */
function printCommand(dir: string, tray: string): string {
  return `#!/bin/sh
cd ${dir} || exit 1
echo "name=$IPP_JOB_NAME sides=$IPP_SIDES media=$IPP_MEDIA pages=$IPP_PAGE_RANGES type=$CONTENT_TYPE" >> jobs
fed=$(wc -l < jobs)
pages=2; [ "\${IPP_PAGE_RANGES%-*}" = "\${IPP_PAGE_RANGES#*-}" ] && [ -n "$IPP_PAGE_RANGES" ] && pages=1
echo "ATTR: job-impressions=$pages" >&2
if [ -e "jam.$fed" ]; then
  echo "STATE: +media-jam-error" >&2
  while [ -e "jam.$fed" ]; do sleep 0.1; done
  echo "STATE: -media-jam-error" >&2
fi
[ -e "gone.$fed" ] && exit 1
for i in $(seq $pages); do sleep 0.2; echo "ATTR: job-impressions-completed=$i" >&2; done
cp "$1" "${tray}/$fed.pdf"
`;
}

function cancelJobTest(id: number): string {
  return `{
  OPERATION Cancel-Job
  GROUP operation-attributes-tag
  ATTR charset attributes-charset utf-8
  ATTR language attributes-natural-language en
  ATTR uri printer-uri $uri
  ATTR integer job-id ${id}
  ATTR name requesting-user-name staff
  STATUS successful-ok
}
`;
}

function cupsFiles(dir: string, spool: string): string {
  return `ServerRoot ${dir}
ServerBin /usr/lib/cups
DataDir /usr/share/cups
RequestRoot ${spool}
TempDir ${spool}/tmp
CacheDir ${dir}/cache
StateDir ${dir}/state
AccessLog ${dir}/access_log
ErrorLog ${dir}/error_log
PageLog ${dir}/page_log
SystemGroup root
User lp
Group lp
`;
}

function cupsSettings(port: number): string {
  return `Listen 127.0.0.1:${port}
PreserveJobHistory Off
PreserveJobFiles Off
Browsing Off
WebInterface No
DefaultAuthType None
<Location />
Order allow,deny
Allow all
</Location>
<Location /admin>
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order allow,deny
Allow all
</Limit>
</Policy>
`;
}

function attributesOf(url: string): string {
  return spawnSync('ipptool', ['-tv', '-T', '2', url, 'get-printer-attributes.test'], { encoding: 'utf8' }).stdout;
}

async function until(reached: () => boolean): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    if (reached()) return;
    await sleep(100);
  }
  throw new Error('it did not start');
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const force = setTimeout(() => child.kill('SIGKILL'), 5_000);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill();
  });
}
