import { expect, test } from 'vitest';
import { buildIdOf } from './build-id.ts';

const file = (name: string, text: string) => ({ file: name, content: Buffer.from(text) });

test('the build id changes with any content and any name, and with nothing else', () => {
  const id = buildIdOf([file('a.ts', '1'), file('b.ts', '2')]);
  expect(buildIdOf([file('b.ts', '2'), file('a.ts', '1')])).toBe(id);
  expect(buildIdOf([file('a.ts', '1'), file('b.ts', '3')])).not.toBe(id);
  expect(buildIdOf([file('a.ts', '1'), file('c.ts', '2')])).not.toBe(id);
  expect(buildIdOf([file('a.ts', '1')])).not.toBe(id);
});
