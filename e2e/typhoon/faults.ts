/** What befalls a town, as a table: whom it befalls, how it begins, and how it ends. */
import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KillableService } from '../kill/killable-service.ts';
import type { Dice } from '../storm/dice.ts';
import type { LineFault, TcpLine } from '../tcp-line.ts';
import { killServer } from './database-server.ts';
import type { Told } from './inside.ts';
import { familyOf, isRunning, signal } from './processes.ts';
import type { Street } from './street.ts';
import type { StreetWeather } from './street-process.ts';
import { revive } from './supervise.ts';
import type { TyphoonTown } from './town.ts';

export interface Fault {
  readonly kind: string;
  /** One thing at a time befalls one party. */
  readonly whom: string;
  readonly weight: number;
  lastsMs(dice: Dice): number;
  begin(dice: Dice): Promise<void>;
  end(): Promise<void>;
}

export interface FaultOptions {
  readonly standstillMs: number;
  /** Of the streets, while their disks are not full. */
  readonly weather: StreetWeather;
}

const CLOCK_JUMPS_MS = [-1_800_000, -120_000, -5_000, 5_000, 120_000, 1_800_000] as const;
/** Less than a segment of the write-ahead log. */
const ROOM_LEFT_BYTES = 65_536;
const nothing = async () => undefined;
const seconds = (from: number, to: number) => (dice: Dice) => from * 1000 + dice.int((to - from) * 1000);

export function faultTable(town: TyphoonTown, streets: readonly Street[], options: FaultOptions): readonly Fault[] {
  const { centers, issuers, server, lines, ocsp } = town;
  const programs: readonly (KillableService | Street)[] = [...centers, ...issuers, ...streets];
  const kindOf = (name: string) => name.replace(/-\d+$/, '').replace('street', 'kiosks');
  return [
    ...programs.flatMap((program) => [
      killing(program, kindOf(program.name)),
      standstill(kindOf(program.name), program.name, () => [program.child().pid ?? 0], options),
      clockJump(program, kindOf(program.name)),
    ]),
    {
      ...{ kind: 'kill -9 PostgreSQL', whom: 'postgres', weight: 1, lastsMs: () => 0, end: nothing },
      begin: () => killServer(server).then(server.revive),
    },
    standstill('PostgreSQL', 'postgres', () => familyOf(server.pid()), options),
    fullDatabaseDisk(town),
    ...streets.map((street) => fullStoreDisk(street, options)),
    ...lines.toCenters.flatMap((line, i) =>
      lineFaults(line, 'to center', `line to center-${i + 1}`, ['cut', 'silent', 'refused']),
    ),
    ...lines.toIssuers.flatMap((line, i) =>
      lineFaults(line, 'to issuer', `line to issuer-${i + 1}`, ['cut', 'silent', 'refused']),
    ),
    ...lineFaults(lines.toDatabase, 'to PostgreSQL', 'line to postgres', ['cut', 'refused']),
    ...lineFaults(lines.toRegistry, 'to registry', 'line to registry', ['slow', 'slow', 'cut', 'silent']),
    {
      ...{ kind: 'OCSP goes wrong', whom: 'ocsp', weight: 2, lastsMs: seconds(1, 4) },
      async begin(dice) {
        ocsp.play(
          dice.pick([
            { kind: 'slow' as const, delayMs: 2_000 },
            ...(['try-later', 'http-error', 'drops'] as const).map((kind) => ({ kind })),
          ]),
        );
      },
      end: async () => ocsp.play(undefined),
    },
  ];
}

function killing(program: KillableService | Street, kind: string): Fault {
  return {
    ...{ kind: `kill -9 ${kind}`, whom: program.name, weight: 3, lastsMs: () => 0, end: nothing },
    async begin() {
      await program.kill();
      await revive(program);
    },
  };
}

function standstill(kind: string, whom: string, pids: () => readonly number[], { standstillMs }: FaultOptions): Fault {
  let stopped: readonly number[] = [];
  return {
    ...{ kind: `SIGSTOP ${kind}`, whom, weight: 1, lastsMs: () => standstillMs },
    async begin() {
      stopped = pids();
      signal(stopped, 'SIGSTOP');
    },
    end: async () => signal(stopped, 'SIGCONT'),
  };
}

function clockJump(program: KillableService | Street, kind: string): Fault {
  return {
    ...{ kind: `clock jump ${kind}`, whom: program.name, weight: 1, lastsMs: seconds(2, 8) },
    begin: async (dice) => setClock(program, dice.pick(CLOCK_JUMPS_MS)),
    end: async () => setClock(program, 0),
  };
}

export function setClock(program: KillableService | Street, offsetMs: number): void {
  program.child().send({ storm: 'clock', offsetMs } satisfies Told);
}

function lineFaults(line: TcpLine, where: string, whom: string, faults: readonly LineFault[]): readonly Fault[] {
  return faults.map((fault) => ({
    ...{ kind: `line ${where} ${fault}`, whom, weight: 1, lastsMs: seconds(1, 4) },
    begin: () => line.fail(fault),
    end: () => line.mend(),
  }));
}

/** A limit of the kernel on the size of files (RLIMIT_FSIZE): PostgreSQL meets a write that fails, and panics. */
function fullDatabaseDisk({ server }: TyphoonTown): Fault {
  const limit = (bytes: string) => {
    for (const pid of familyOf(server.pid())) spawnSync('prlimit', ['--pid', `${pid}`, `--fsize=${bytes}:`]);
  };
  return {
    ...{ kind: 'disk full PostgreSQL', whom: 'postgres', weight: 1, lastsMs: seconds(2, 5) },
    begin: async () => limit(`${ROOM_LEFT_BYTES}`),
    async end() {
      limit('unlimited');
      // It gives up when it cannot even write that it recovered.
      await sleep(1_000);
      if (!isRunning(server.pid())) await server.revive();
    },
  };
}

function fullStoreDisk(street: Street, { weather }: FaultOptions): Fault {
  return {
    ...{ kind: 'disk full kiosks', whom: street.name, weight: 1, lastsMs: seconds(1, 3) },
    begin: () => street.setWeather({ ...weather, diskFull: true }),
    end: () => street.setWeather(weather),
  };
}
