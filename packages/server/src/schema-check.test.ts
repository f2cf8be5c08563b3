import assert from 'node:assert/strict';
import { Type } from 'typebox';
import { test } from 'vitest';
import { checkFor } from './schema-check.ts';

const closed = { additionalProperties: false };
const Order = Type.Object(
  {
    copies: Type.Array(Type.Object({ sheets: Type.Integer() }, closed)),
    fee: Type.Optional(Type.Union([Type.Object({ yen: Type.Integer() }, closed), Type.Null()])),
  },
  closed,
);

const faults: readonly (readonly [string, unknown, string])[] = [
  ['a member of a list', { copies: [{ sheets: 1 }, { sheets: 'HANAKO' }] }, '/copies/1/sheets: type'],
  ['a part of a union', { copies: [], fee: { yen: 'HANAKO' } }, '/fee/yen: type'],
  ['a member that is missing', {}, '/: required'],
  ['an unknown member', { copies: [], HANAKO: 1 }, '/*: boolean'],
  ['one deeper', { copies: [{ sheets: 1, HANAKO: 1 }] }, '/copies/0/*: boolean'],
  ['one in a union', { copies: [], fee: { yen: 1, HANAKO: 1 } }, '/fee/*: boolean'],
  ['one that is a number', { copies: [], 123456789012: 1 }, '/*: boolean'],
  ['one that looks like a place', { copies: [], 'copies/0/HANAKO~1': 1 }, '/*: boolean'],
];

test.each(faults)('the place of a fault is told in our own names alone: %s', (_what, value, fault) => {
  const { fits, faultOf } = checkFor(Order);
  assert.deepEqual([fits(value), faultOf(value)], [false, fault]);
});
