import { expect, test } from 'vitest';
import { drawSeal } from './draw-seal.ts';

test('a seal is drawn in outlines on an opaque ground, without text, and always alike', () => {
  const seal = drawSeal('夕凪市長之印');
  expect(seal).toBe(drawSeal('夕凪市長之印'));
  expect(seal).not.toBe(drawSeal('霧笛町長之印'));
  expect(seal).not.toMatch(/<text|opacity|href/);
  expect(seal.match(/<path /g)).toHaveLength(6);
  expect(seal).toContain('fill="#ffffff"');
});

test('a letter that the font cannot draw is refused', () => {
  expect(() => drawSeal('夕\u{30000}')).toThrow(RangeError);
});
