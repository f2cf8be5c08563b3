import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parseInputTray, parseOutputTray, parseSupply, writeUnit } from './device-units.ts';

test('reads a cassette of A4 with the sheets in it', () => {
  const text = writeUnit({
    type: 'sheetFeedAutoRemovableTray',
    dimunit: 'micrometers',
    mediafeed: 297_000,
    mediaxfeed: 210_000,
    maxcapacity: 500,
    level: 12,
    name: 'main',
  });
  assert.deepEqual(parseInputTray(text), {
    name: 'main',
    type: 'sheetFeedAutoRemovableTray',
    capacity: 500,
    level: 12,
    feedMicrometers: 297_000,
    crossFeedMicrometers: 210_000,
  });
});

test('negative numbers mean that nobody counts', () => {
  assert.deepEqual(parseInputTray('type=sheetFeedAutoRemovableTray;maxcapacity=-2;level=-3;name=auto'), {
    name: 'auto',
    type: 'sheetFeedAutoRemovableTray',
  });
  assert.deepEqual(parseOutputTray('type=unRemovableBin;maxcapacity=100;remaining=-2;'), {
    type: 'unRemovableBin',
    capacity: 100,
  });
});

test('an output tray tells what is left of it: the rest is paper', () => {
  assert.equal(parseOutputTray('maxcapacity=100;remaining=97;name=face-up;').level, 3);
});

test('a supply is so many parts of its whole', () => {
  const toner = parseSupply('class=supplyThatIsConsumed;type=toner;maxcapacity=200;level=50;colorantname=black;');
  assert.deepEqual(toner, { type: 'toner', class: 'supplyThatIsConsumed', colorant: 'black', percent: 25 });
});

test('reads no sense into nonsense', () => {
  assert.deepEqual(parseInputTray(';;level;=3;level=many'), {});
});
