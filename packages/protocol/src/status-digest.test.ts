import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { STATUS_BUCKETS, type StatusLine, statusBucketOf, statusDigestsOf } from './status-digest.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const lines: readonly StatusLine[] = Array.from({ length: 500 }, (_, i) => ({
  id: `r-${i}`,
  version: i,
  state: i % 7 === 0 ? 'gone' : 'present',
}));

test('a digest is what the rule says, written out by hand', () => {
  // SHA-256('a') begins with ca (202), SHA-256('iv') with 0a (10): both are 10 modulo 64.
  expect([statusBucketOf('a', sha256), statusBucketOf('iv', sha256)]).toEqual([10, 10]);
  const digests = statusDigestsOf(
    [
      { id: 'iv', version: 2, state: 'active' },
      { id: 'a', version: 1, state: 'cancelled' },
    ],
    sha256,
  );
  expect(digests).toHaveLength(STATUS_BUCKETS);
  expect(digests[10]).toBe(sha256('a:1:cancelled\niv:2:active\n'));
  expect(new Set(digests.filter((_, i) => i !== 10))).toEqual(new Set([sha256('')]));
});

test('the order in which the lines come does not matter', () => {
  expect(statusDigestsOf([...lines].reverse(), sha256)).toEqual(statusDigestsOf(lines, sha256));
});

test('one other state, one other version or one missing line shows in its bucket alone', () => {
  const honest = statusDigestsOf(lines, sha256);
  const others = [
    lines.map((line) => (line.id === 'r-33' ? { ...line, state: 'gone' } : line)),
    lines.map((line) => (line.id === 'r-33' ? { ...line, version: 34 } : line)),
    lines.filter(({ id }) => id !== 'r-33'),
  ];
  for (const other of others) {
    const differing = statusDigestsOf(other, sha256).flatMap((digest, i) => (digest === honest[i] ? [] : [i]));
    expect(differing).toEqual([statusBucketOf('r-33', sha256)]);
  }
});
