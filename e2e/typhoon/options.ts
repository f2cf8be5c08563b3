/** What `npm run test:storm` is told. */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';

export const phases = ['storm', 'kills', 'standby', 'day'] as const;
export type Phase = (typeof phases)[number];

export interface TyphoonOptions {
  readonly orders: number;
  readonly stores: number;
  /** Of each process. */
  readonly kills: number;
  readonly seed: string;
  readonly standstillMs: number;
  /** Of a day without faults. */
  readonly dayOrders: number;
  /** Each phase ends after so long, whatever it has come to. */
  readonly phaseMs: number;
  readonly only: readonly Phase[];
}

export const usage = `npm run test:storm [-- --orders N] [--stores N] [--kills N] [--day N] [--standstill SECONDS] [--minutes N] [--seed S] [--only ${phases.join(',')}]`;

export function readOptions(args: readonly string[]): TyphoonOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      orders: text,
      stores: text,
      kills: text,
      day: text,
      standstill: text,
      minutes: text,
      seed: text,
      only: text,
    },
  });
  const number = (name: 'orders' | 'stores' | 'kills' | 'day' | 'standstill' | 'minutes', usual: number) => {
    const given = Number(values[name] ?? usual);
    if (!Number.isInteger(given) || given < 1) throw new RangeError(`--${name} is a number from 1\n${usage}`);
    return given;
  };
  const orders = number('orders', 10_000);
  const only = values.only?.split(',') ?? phases;
  const isPhase = (name: string): name is Phase => (phases as readonly string[]).includes(name);
  if (!only.every(isPhase)) throw new RangeError(`--only knows ${phases.join(', ')}\n${usage}`);
  return {
    orders,
    stores: number('stores', 200),
    kills: number('kills', 300),
    seed: values.seed ?? randomBytes(6).toString('hex'),
    standstillMs: number('standstill', 20) * 1_000,
    phaseMs: number('minutes', 24 * 60) * 60_000,
    dayOrders: number('day', orders),
    only: only.filter(isPhase),
  };
}
