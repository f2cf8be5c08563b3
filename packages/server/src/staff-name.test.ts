import assert from 'node:assert/strict';
import { userInfo } from 'node:os';
import { test } from 'vitest';
import { staffName } from './staff-name.ts';

test('the account of the machine stands beside the name that was given; without a name there is none', () => {
  assert.equal(staffName(' 夕凪 ', 'jumin01'), '夕凪 (jumin01)');
  assert.equal(staffName('夕凪'), `夕凪 (${userInfo().username})`);
  for (const nothing of [undefined, '', '  ']) assert.equal(staffName(nothing, 'jumin01'), undefined);
});
