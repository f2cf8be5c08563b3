import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCardFrames, toCardFrame } from './card-wire.ts';

test('frames come out whole, in whatever pieces they arrive', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 20 }),
      (messages, pieces) => {
        const bytes = Buffer.concat(messages.map(toCardFrame));
        const frames = createCardFrames();
        const out: Uint8Array[] = [];
        for (let at = 0, i = 0; at < bytes.length; i += 1) {
          const end = at + (pieces[i % pieces.length] ?? 1);
          out.push(...frames(bytes.subarray(at, end)));
          at = end;
        }
        expect(out.map((message) => Buffer.from(message).toString('hex'))).toEqual(
          messages.map((message) => Buffer.from(message).toString('hex')),
        );
      },
    ),
  );
});

test('the length of a message stands before it in two bytes, the higher one first', () => {
  expect(Buffer.from(toCardFrame(Uint8Array.of(4))).toString('hex')).toBe('000104');
  expect([...toCardFrame(new Uint8Array(0x0102)).subarray(0, 2)]).toEqual([1, 2]);
});
