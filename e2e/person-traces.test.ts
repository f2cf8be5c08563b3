import type { IssuedCard } from '@machikado/jpki';
import type { RegistryRecord } from '@machikado/protocol';
import { describe, expect, test } from 'vitest';
import { tracePerson, tracesIn } from './person-traces.ts';

const cert = Buffer.from(Array.from({ length: 120 }, (_, i) => (i * 37) & 0xff));
const card = {
  auth: { serial: '2b5e91c4' },
  file: { auth: { cert: cert.toString('base64') } },
} as unknown as IssuedCard;
const member = {
  residentId: '0000401',
  myNumber: '999012345670',
  name: '霧島 夏葉',
  nameKana: null,
  birth: { year: 1987, month: 3, day: 9 },
};
const household = { address: '架空県夕凪市港町一丁目2番3号', members: [member] } as unknown as RegistryRecord;
const person = tracePerson(household, '0000401', card);

describe('a search for a person', () => {
  test.each([
    ['plain', '{"a":"霧島 夏葉"}', 'name'],
    ['base64 in the middle of a text', Buffer.from('xy霧島 夏葉z').toString('base64'), 'name'],
    ['hex', Buffer.from('霧島 夏葉').toString('hex'), 'name'],
    ['UTF-16 in hex', Buffer.from('霧島 夏葉', 'utf16le').toString('hex'), 'name'],
    ['UTF-16 in base64', Buffer.from('x霧島 夏葉', 'utf16le').toString('base64'), 'name'],
    ['escapes', '\\u9727\\u5cf6 \\u590f\\u8449', 'name'],
    ['a URL', encodeURIComponent('霧島 夏葉'), 'name'],
    ['an address', household.address, 'address'],
    ['a birth date', '"1987-03-09"', 'birth date'],
    ['a Japanese birth date', '1987年3月9日生', 'birth date'],
    ['a 個人番号', 'n=999012345670;', '個人番号'],
    ['a serial', 'serial=2b5e91c4', 'cert serial'],
    ['a serial inside a cert', `3082${Buffer.from('02042b5e91c4', 'hex').toString('hex')}300d`, 'cert serial in DER'],
    ['a cert', cert.toString('base64'), 'cert'],
    ['a cert in a bytea', `\\\\x${cert.toString('hex')}`, 'cert'],
  ])('finds them as %s', (_form, text, what) => {
    expect(tracesIn(text, person)).toContain(what);
  });

  test('does not take random ids for a serial', () => {
    expect(tracesIn('f02b5e91c4aa 90000401', person)).toEqual([]);
  });
});
