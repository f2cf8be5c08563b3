import { certificateKinds } from '@machikado/protocol';
import { describe, expect, test } from 'vitest';
import { concerns, reasonsAgainst, refusalRules } from './refusal-rules.ts';
import { sides } from './testing/sides.ts';
import { all, caseOf, line, ordinaryWorld, set, type Turn } from './testing/worlds.ts';

type Kind = (typeof certificateKinds)[number];
const idsFor = (kind: Kind, turn: Turn) => reasonsAgainst(caseOf(kind, turn(ordinaryWorld(kind)))).map(({ id }) => id);

describe('the table of refusals', () => {
  test.each(certificateKinds)('an ordinary resident gets %s', (kind) => {
    expect(idsFor(kind, (world) => world)).toEqual([]);
  });

  const cells = refusalRules.flatMap((rule) => certificateKinds.map((kind) => ({ id: rule.id, rule, kind })));
  test.each(cells)(
    '$id, $kind: refused on one side of each border, for this reason alone, and issued on the other',
    ({ rule, kind }) => {
      const { refused, issued, with: brought } = sides[rule.id] ?? { refused: [], issued: [] };
      const why = `both sides of the row ${rule.id} stand in rules/testing/sides.ts`;
      expect([refused.length > 0, issued.length > 0], why).toEqual([true, true]);
      for (const side of refused) {
        const [turn, kinds] = typeof side === 'function' ? [side, certificateKinds] : side;
        const isRefused = concerns(rule, kind) && kinds.includes(kind);
        const ids = idsFor(kind, turn).filter((id) => id !== brought);
        // A turn of one kind’s book may be refused by another row in another kind: a taxed person gets no 非課税証明.
        expect(isRefused ? ids : ids.includes(rule.id), why).toEqual(isRefused ? [rule.id] : false);
      }
      if (concerns(rule, kind)) for (const turn of issued) expect(idsFor(kind, turn), why).toEqual([]);
    },
  );

  test('every reason about a person has one and the same code', () => {
    const codes = refusalRules.filter((r) => r.id !== 'selection-outdated').map((r) => r.code);
    expect(new Set(codes)).toEqual(new Set(['USE_COUNTER']));
    expect(new Set(refusalRules.map((r) => r.id)).size).toBe(refusalRules.length);
  });

  test('every row says what staff need: why, and by which rule', () => {
    for (const { condition, staffReason, source } of refusalRules)
      expect([condition, staffReason, source]).not.toContain('');
  });

  test('all rows are asked, even when the first applies', () => {
    const much = all(line(0, { protection: 'active', inProcess: true, name: '〓' }), set({ seal: null }));
    const expected = ['protection-self', 'in-process', 'seal-none', 'glyph-missing'];
    expect(idsFor('seal-registration', much)).toEqual(expected);
  });
});
