import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeCommand, parseCommand } from './command-apdu.ts';
import { hex } from './test-cards.ts';

test.each([
  ['00200080', 0, undefined],
  ['00b0000004', 0, 4],
  ['00b0000000', 0, 256],
  ['0020008004 31323334', 4, undefined],
  ['802a000002 aabb 00', 2, 256],
  ['00b00000 000100', 0, 256],
  ['00b00000 000000', 0, 65_536],
  ['802a0300 000002 aabb', 2, undefined],
  ['802a0300 000002 aabb 0000', 2, 65_536],
])('reads %s as %i bytes of data and an expected reply of %s', (text, dataBytes, replyMax) => {
  expect(parseCommand(hex(text))).toMatchObject({ replyMax, data: { length: dataBytes } });
});

test.each(['', '00a404', '00a4040c0ad392', '00a4040c02aabbccdd', '802a03000000', '802a0300000000aabb'])(
  'refuses %j, whose lengths do not fit',
  (text) => {
    expect(parseCommand(hex(text))).toBeUndefined();
  },
);

test('never throws, whatever bytes arrive', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
      const parsed = parseCommand(bytes);
      if (parsed) expect(parsed.data.length).toBeLessThanOrEqual(bytes.length);
    }),
  );
});

test('reads back every command it writes', () => {
  const byte = fc.integer({ min: 0, max: 255 });
  const command = fc.record({
    cla: byte,
    ins: byte,
    p1: byte,
    p2: byte,
    data: fc.uint8Array({ maxLength: 700 }),
    replyMax: fc.option(fc.integer({ min: 1, max: 65_536 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(command, ({ replyMax, ...rest }) => {
      const written = encodeCommand(replyMax === undefined ? rest : { ...rest, replyMax });
      // An Le of exactly 256 in the short form and 65536 in the long one are written as zeroes.
      expect(parseCommand(written)).toEqual({ ...rest, replyMax });
    }),
  );
});
