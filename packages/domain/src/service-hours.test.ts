import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOpen, nextOpening, type ServiceHours } from './service-hours.ts';

const jst = (text: string) => new Date(`${text}+09:00`);
const center: ServiceHours = {};
/** Weekdays 9–17, Saturdays until noon; 住民票 whenever the center serves; one kind stopped. */
const town: ServiceHours = {
  rules: [
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' },
    { days: ['sat'], from: '09:00', to: '12:00' },
  ],
  rulesByKind: {
    'resident-record': [
      { days: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'holiday'], from: '00:00', to: '24:00' },
    ],
    stopped: [],
  },
};

test.each([
  ['2026-11-20T06:29:59.999', false],
  ['2026-11-20T06:30:00', true],
  ['2026-11-20T22:59:59.999', true],
  ['2026-11-20T23:00:00', false],
  ['2026-12-28T22:59:59.999', true],
  ['2026-12-29T12:00:00', false],
  ['2026-12-31T12:00:00', false],
  ['2027-01-01T12:00:00', false],
  ['2027-01-03T22:59:59', false],
  ['2027-01-04T06:29:59.999', false],
  ['2027-01-04T06:30:00', true],
])('center at %s: %s', (at, open) => {
  expect(isOpen(center, jst(at))).toBe(open);
});

test.each([
  ['2026-11-20T08:59:59.999', 'other', false],
  ['2026-11-20T09:00:00', 'other', true],
  ['2026-11-20T17:00:00', 'other', false],
  ['2026-11-21T11:59:00', 'other', true],
  ['2026-11-21T12:00:00', 'other', false],
  ['2026-11-22T10:00:00', 'other', false],
  ['2026-11-23T10:00:00', 'other', false],
  ['2026-11-23T10:00:00', 'resident-record', true],
  ['2026-11-20T06:00:00', 'resident-record', false],
  ['2026-12-29T10:00:00', 'resident-record', false],
  ['2026-11-20T10:00:00', 'stopped', false],
])('town at %s for %s: %s', (at, kind, open) => {
  expect(isOpen(town, jst(at), kind)).toBe(open);
});

test('no municipality is ever open when the center is closed', () => {
  fc.assert(
    fc.property(
      fc.date({ min: jst('2024-01-01T00:00:00'), max: jst('2030-01-01T00:00:00'), noInvalidDate: true }),
      (at) => {
        if (isOpen(town, at, 'resident-record')) expect(isOpen(center, at)).toBe(true);
      },
    ),
  );
});

test.each([
  ['2026-11-20T12:00:00', '2026-11-20T12:00:00'],
  ['2026-11-20T23:00:00', '2026-11-21T06:30:00'],
  ['2026-12-28T23:00:00', '2027-01-04T06:30:00'],
])('after %s the center opens at %s', (at, opening) => {
  expect(nextOpening(center, jst(at))).toEqual(jst(opening));
});

test('after Saturday noon the town opens on Tuesday, Monday being a holiday; a stopped kind never opens', () => {
  expect(nextOpening(town, jst('2026-11-21T12:00:00'))).toEqual(jst('2026-11-24T09:00:00'));
  expect(nextOpening(town, jst('2026-11-21T12:00:00'), 'stopped')).toBeUndefined();
});

test('a closure for maintenance closes its kinds alone and ends in the middle of a day', () => {
  const hours: ServiceHours = {
    closures: [
      { from: '2026-11-20T01:00:00Z', to: '2026-11-20T03:00:00Z', kinds: ['resident-record'] },
      { from: '2026-11-20T13:00:00Z', to: '2026-11-22T05:00:00Z' },
    ],
  };
  expect(isOpen(hours, jst('2026-11-20T11:00:00'), 'resident-record')).toBe(false);
  expect(isOpen(hours, jst('2026-11-20T11:00:00'), 'other')).toBe(true);
  expect(nextOpening(hours, jst('2026-11-20T11:00:00'), 'resident-record')).toEqual(jst('2026-11-20T12:00:00'));
  expect(nextOpening(hours, jst('2026-11-20T22:00:00'))).toEqual(jst('2026-11-22T14:00:00'));
});

test('a closure without an end lasts until somebody ends it', () => {
  const hours: ServiceHours = { closures: [{ from: '2026-11-20T01:00:00Z', kinds: ['resident-record'] }] };
  expect(isOpen(hours, jst('2026-11-20T09:59:59.999'), 'resident-record')).toBe(true);
  expect(isOpen(hours, jst('2026-11-20T10:00:00'), 'resident-record')).toBe(false);
  expect(isOpen(hours, jst('2036-11-20T10:00:00'), 'resident-record')).toBe(false);
  expect(isOpen(hours, jst('2026-11-20T10:00:00'), 'other')).toBe(true);
  expect(nextOpening(hours, jst('2026-11-20T10:00:00'), 'resident-record')).toBeUndefined();
});

test('a rule that is no time is refused instead of read as something', () => {
  const hours: ServiceHours = { rules: [{ days: ['fri'], from: '9:00', to: '25:00' }] };
  expect(() => isOpen(hours, jst('2026-11-20T12:00:00'))).toThrow(RangeError);
});
