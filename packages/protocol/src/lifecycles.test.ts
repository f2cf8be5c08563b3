import { expect, test } from 'vitest';
import { copyMoves, issueNumberMoves, mayMove, orderMoves, sessionMoves } from './index.ts';

const tables = {
  session: { moves: sessionMoves, start: 'challenged' },
  order: { moves: orderMoves, start: 'requested' },
  copy: { moves: copyMoves, start: 'sealed' },
  issueNumber: { moves: issueNumberMoves, start: 'issued' },
};

for (const [name, { moves, start }] of Object.entries(tables)) {
  const table: Record<string, readonly string[]> = moves;

  test(`${name}: every move leads to a state of the table`, () => {
    for (const target of Object.values(table).flat()) expect(Object.keys(table)).toContain(target);
  });

  test(`${name}: every state can be reached from "${start}", and nothing leads back to it`, () => {
    const reached = new Set([start]);
    for (const state of reached) for (const next of table[state] ?? []) reached.add(next);
    expect([...reached].sort()).toEqual(Object.keys(table).sort());
    expect(Object.values(table).flat()).not.toContain(start);
  });

  test(`${name}: no walk ever returns to a state it has left`, () => {
    const walk = (state: string, seen: readonly string[]): void => {
      expect(seen).not.toContain(state);
      for (const next of table[state] ?? []) walk(next, [...seen, state]);
    };
    walk(start, []);
  });
}

test('a paid order can only be settled: no cancel after the money', () => {
  expect(mayMove(orderMoves, 'paid', 'settled')).toBe(true);
  expect(mayMove(orderMoves, 'paid', 'cancelled')).toBe(false);
});

test('a cancelled issue number never comes back', () => {
  expect(issueNumberMoves.cancelled).toEqual([]);
});
