/** What would betray the people of a run: of every resident in every version of their record, and of every card. */
import { X509Certificate } from 'node:crypto';
import { lettersOf } from '@machikado/inspection';
import type { LedgerDate, RegistryPerson } from '@machikado/protocol';
import { japanese, western } from '../storm/person-values.ts';
import type { Storm } from '../storm.ts';
import type { BinaryTrace, Trace } from '../traces.ts';

export function tracesOf({ history, applicants }: Pick<Storm, 'history' | 'applicants'>): (Trace | BinaryTrace)[] {
  const people = history.everybody().flatMap(({ person, address }) => ofPerson(person, address));
  return [
    ...people,
    ...applicants.flatMap(({ issued, residentId }) =>
      ofCard(issued.auth.serial, issued.file.auth?.cert ?? '', residentId),
    ),
  ];
}

export function ofPerson(person: RegistryPerson, address: string): Trace[] {
  const { name, nameKana, commonName, formerName, formerNameKana, previousAddress, residentId, myNumber } = person;
  const { registeredDomicile, foreign } = person;
  const texts = {
    ...{ name, kana: nameKana, 'common name': commonName, 'former name': formerName, address },
    ...{ 'former name’s kana': formerNameKana },
    ...{ 'former address': previousAddress, domicile: registeredDomicile?.address, 'card number': foreign?.cardNumber },
  };
  return [
    ...Object.entries(texts).flatMap(([what, text]) =>
      text ? spaced(text).map((spelled) => ({ what, text: spelled })) : [],
    ),
    ...datesIn(person.birth).map((text) => ({ what: 'birth date', text, asWord: /^\d+$/.test(text) })),
    { what: 'resident number', text: residentId, asWord: true },
    ...(myNumber ? [{ what: '個人番号', text: myNumber, asWord: true }] : []),
  ];
}

/** As written, with the space of a keyboard, and without any. */
function spaced(text: string): string[] {
  return [...new Set([text, text.replaceAll('　', ' '), lettersOf(text)])];
}

/** Days of this run’s own years would be found in every log. */
const BORN_BEFORE = 2020;

function datesIn(date: LedgerDate): string[] {
  const { year, month, day } = date;
  if (month === null || day === null || year >= BORN_BEFORE) return [];
  const [mm, dd] = [month, day].map((n) => String(n).padStart(2, '0'));
  return [
    ...[`${year}-${mm}-${dd}`, `${year}/${mm}/${dd}`, `${year}${mm}${dd}`, japanese(date), western(date)],
    ...[`"year":${year},"month":${month},"day":${day}`, `"day": ${day}, "year": ${year}, "month": ${month}`],
  ];
}

export function ofCard(serial: string, cert: string, residentId: string): (Trace | BinaryTrace)[] {
  const der = Buffer.from(cert, 'base64');
  const { publicKey } = new X509Certificate(der);
  const number = Buffer.from(serial, 'hex');
  const middle = der.length / 2;
  return [
    ...[serial, serial.toUpperCase(), BigInt(`0x${serial}`).toString()].map((text) => ({
      what: 'card serial',
      text,
      asWord: true,
    })),
    { what: 'card serial in DER', bytes: Buffer.concat([Buffer.of(2, number.length), number]) },
    { what: 'cert', bytes: der.subarray(middle - 24, middle + 24) },
    { what: 'public key of a card', bytes: publicKey.export({ type: 'spki', format: 'der' }).subarray(-32) },
    { what: 'resident number', text: residentId, asWord: true },
  ];
}
