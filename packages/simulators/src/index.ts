export * from './card-reader.ts';
export * from './coin-unit.ts';
export type { CashTotals } from './coin-unit-state.ts';
export * from './device-fault.ts';
export * from './money.ts';
export * from './physical-truth.ts';
export * from './printer.ts';
export { isTerminal, type JobState, type PrinterJob } from './printer-state.ts';
export * from './receipt-printer.ts';
