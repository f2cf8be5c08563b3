/**
 * Looks for a person in logs and tables: name, reading, address, birth date, resident number, and the serial and bytes of the
 * cert, in plain text, UTF-16, base64, hex and escapes. Plain numbers count only as words of their own, because the ids of a
 * dump are random digits too.
 */
import type { IssuedCard } from '@machikado/jpki';
import type { RegistryRecord } from '@machikado/protocol';

interface Trace {
  readonly what: string;
  readonly parts: readonly string[];
  /** Only where no digit or letter touches them. */
  readonly words: readonly string[];
}

export type TracedPerson = readonly Trace[];

export function tracePerson(household: RegistryRecord, residentId: string, { auth, file }: IssuedCard): TracedPerson {
  const person = household.members.find((member) => member.residentId === residentId);
  if (!person) throw new RangeError('the resident is not in this household');
  const { name, nameKana, commonName, formerName, formerNameKana, previousAddress, birth, myNumber } = person;
  const domicile = person.registeredDomicile?.address;
  const texts = { name, nameKana, commonName, formerName, formerNameKana, previousAddress, domicile };
  const cert = Buffer.from(file.auth?.cert ?? '', 'base64');
  const middle = Math.floor(cert.length / 2);
  const serial = Buffer.from(auth.serial, 'hex');
  return [
    ...Object.entries({ ...texts, address: household.address }).flatMap(([what, text]) =>
      text ? [asText(what, text)] : [],
    ),
    asNumber('birth date', ...datesOf(birth)),
    asNumber('resident number', residentId),
    ...(myNumber ? [asNumber('個人番号', myNumber)] : []),
    asNumber('cert serial', auth.serial, auth.serial.toUpperCase(), BigInt(`0x${auth.serial}`).toString()),
    asBytes('cert serial in DER', Buffer.concat([Buffer.of(2, serial.length), serial])),
    asBytes('cert', cert.subarray(middle - 24, middle + 24)),
  ];
}

/** What of the person stands in the text, by name; empty = nothing. */
export function tracesIn(text: string, person: TracedPerson): string[] {
  return person
    .filter(
      ({ parts, words }) => parts.some((part) => text.includes(part)) || words.some((word) => hasWord(text, word)),
    )
    .map(({ what }) => what);
}

function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!/[0-9A-Za-z]/.test(`${text[at - 1] ?? ''}${text[at + word.length] ?? ''}`)) return true;
  }
  return false;
}

const asText = (what: string, text: string): Trace => ({ what, parts: [text, ...encodedForms(text)], words: [] });
const asNumber = (what: string, ...texts: string[]): Trace => ({
  what,
  parts: texts.flatMap(encodedForms),
  words: texts,
});
const asBytes = (what: string, bytes: Buffer): Trace => ({ what, parts: formsOfBytes(bytes), words: [] });

function datesOf({ year, month, day }: RegistryRecord['members'][number]['birth']): string[] {
  if (month === null || day === null) return [];
  const [mm, dd] = [month, day].map((n) => String(n).padStart(2, '0'));
  return [`${year}-${mm}-${dd}`, `${year}${mm}${dd}`, `${year}/${mm}/${dd}`, `${year}年${month}月${day}日`];
}

/** Forms that are not the text itself. */
function encodedForms(text: string): string[] {
  const utf16 = Buffer.from(text, 'utf16le');
  const escaped = text.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const bytes = [Buffer.from(text), utf16, Buffer.from(utf16).swap16()].flatMap(formsOfBytes);
  return [escaped, encodeURIComponent(text), [...text].join('\0'), ...bytes].filter((form) => form !== text);
}

/** Hex and base64; in base64 a value looks different at each of the three places in its group. */
function formsOfBytes(bytes: Buffer): string[] {
  const hex = bytes.toString('hex');
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    return text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
  });
  return [hex, hex.toUpperCase(), ...base64, ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))];
}
