import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from './bytes.ts';
import {
  DerReader,
  readCertTime,
  readDefaultFalse,
  readGeneralizedTime,
  readNamedBits,
  readOid,
  readPositiveInteger,
  readWholeBits,
} from './der-reader.ts';
import {
  type DerTree,
  der,
  generalizedTime,
  objectIdentifier,
  octetString,
  tree,
  unsignedInteger,
  written,
} from './der-writer.ts';
import { MalformedInput } from './malformed-input.ts';

const reader = (hex: string) => new DerReader(fromHex(hex));
const text = (tag: string, value: string) => new DerReader(der(Number(tag), Buffer.from(value)));

describe('the DER reader', () => {
  test.each<[string, (r: DerReader) => unknown, string]>([
    ['a length in the long form below 128', (r) => r.next(), '04810100'],
    ['a length with a leading zero', (r) => r.next(), `04820080${'00'.repeat(128)}`],
    ['an indefinite length', (r) => r.next(), '30800000'],
    ['a length of four octets', (r) => r.next(), '048400000001ff'],
    ['a value that runs over its end', (r) => r.next(), '040200'],
    ['a tag of several octets', (r) => r.next(), '1f0100'],
    ['nothing', (r) => r.next(), ''],
    ['a tag without length', (r) => r.next(), '04'],
    ['FALSE where it is the default', readDefaultFalse, '010100'],
    ['TRUE as 01', readDefaultFalse, '010101'],
    ['an empty BOOLEAN', readDefaultFalse, '0100'],
    ['a negative INTEGER', readPositiveInteger, '020180'],
    ['zero as serial', readPositiveInteger, '020100'],
    ['an INTEGER with a needless zero', readPositiveInteger, '02020001'],
    ['an empty INTEGER', readPositiveInteger, '0200'],
    ['unused bits in octets', readWholeBits, '030201fe'],
    ['an empty BIT STRING', readWholeBits, '0300'],
    ['named bits with a trailing zero', readNamedBits, '030206a040'],
    ['named bits with a needless octet', readNamedBits, '0303078000'],
    ['named bits with dirt in the unused ones', readNamedBits, '030207ff'],
    ['named bits with eight unused', readNamedBits, '030208ff'],
    ['a BIT STRING without even its first octet', readNamedBits, '0300'],
    ['an empty OBJECT IDENTIFIER', readOid, '0600'],
    ['an arc with a needless octet', readOid, '06032a8001'],
    ['an arc without end', readOid, '06022a86'],
    ['an arc too large to count', readOid, `060b2a${'ff'.repeat(9)}7f`],
  ])('refuses %s', (_, read, hex) => {
    expect(() => {
      const r = reader(hex);
      read(r);
      r.end();
    }).toThrow(MalformedInput);
  });

  test.each([
    ['0x17', '2607010300Z'],
    ['0x17', '260701030000+0900'],
    ['0x17', '260230000000Z'],
    ['0x17', '260701240000Z'],
    ['0x18', '20260701030000Z'],
    ['0x18', '20510701030000.5Z'],
    ['0x04', '260701030000Z'],
  ])('refuses the cert time %s %s', (tag, value) => {
    expect(() => readCertTime(text(tag, value))).toThrow(MalformedInput);
  });

  test('knows the centuries of a cert', () => {
    expect(readCertTime(text('0x17', '491231235959Z'))).toEqual(new Date('2049-12-31T23:59:59Z'));
    expect(readCertTime(text('0x17', '500101000000Z'))).toEqual(new Date('1950-01-01T00:00:00Z'));
    expect(readCertTime(text('0x18', '20500101000000Z'))).toEqual(new Date('2050-01-01T00:00:00Z'));
  });

  test('reads named bits by their position', () => {
    expect([...readNamedBits(reader('030206c0'))]).toEqual([0, 1]);
    expect([...readNamedBits(reader('03030780 80'.replace(' ', '')))]).toEqual([0, 8]);
  });
});

describe('what the DER writer wrote, the reader reads', () => {
  test.each([
    '1.2.392.200149.8.5.1.3.30',
    '2.5.29.15',
    '2.16.840.1.101.3.4.2.1',
    '0.9.2342',
    '1.3.132.0.34',
    '2.999.3',
  ])('%s', (oid) => {
    expect(readOid(new DerReader(objectIdentifier(oid)))).toBe(oid);
  });

  test('octets of any length', () => {
    for (const length of [0, 1, 127, 128, 255, 256, 65_535]) {
      const whole = new DerReader(octetString(new Uint8Array(length)));
      expect(whole.next().content.length).toBe(length);
      whole.end();
    }
  });

  test('integers and times', () => {
    const magnitude = fc.uint8Array({ minLength: 1, maxLength: 20 }).filter(([first]) => first !== 0);
    fc.assert(
      fc.property(
        magnitude,
        (octets) => toHex(readPositiveInteger(new DerReader(unsignedInteger(octets)))) === toHex(octets),
      ),
      { seed: 8 },
    );
    const at = new Date('2026-07-01T03:00:00Z');
    expect(readGeneralizedTime(new DerReader(generalizedTime(at)))).toEqual(at);
  });

  test('writes levels at once as they would come out of one another', () => {
    const parts = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(parts, { minLength: 1, maxLength: 5 }), (levels) => {
        let inner = new Uint8Array();
        for (const own of levels.toReversed()) inner = new Uint8Array(der(0x30, ...own, inner));
        const whole = levels.reduceRight<DerTree | undefined>(
          (in_, own) => tree(0x30, ...own, ...(in_ ? [in_] : [])),
          undefined,
        );
        expect(written(whole as DerTree)).toEqual(inner);
      }),
    );
  });
});
