/** 異動 while people stand at the kiosks: names, addresses, corrections and whole households that part, by preference of those who are being served. */
import type { RegistryChange } from '@machikado/registry';
import type { Dice } from './dice.ts';
import type { History } from './history.ts';

export interface Someone {
  readonly lgCode: string;
  readonly residentId: string;
}

/** Letters that the form has and no given name of the invented towns begins with. */
const FRESH = ['柊', '楓', '椿', '蓮', '蘭', '菫', '桐', '葵', '茜', '藍', '杏', '桜'] as const;
const READINGS = [
  'ひいらぎ',
  'かえで',
  'つばき',
  'れん',
  'らん',
  'すみれ',
  'きり',
  'あおい',
  'あかね',
  'あい',
  'あん',
  'さくら',
];

export interface TownHall {
  changeSomething(someone: Someone): void;
}

export function openTownHall(history: History, dice: Dice): TownHall {
  let files = 0;
  /** Unlike any other of the run: a canary. */
  const fresh = () => {
    files += 1;
    return files;
  };
  return {
    changeSomething({ lgCode, residentId }) {
      const { members } = history.householdNow(lgCode, residentId);
      const person = members.find((member) => member.residentId === residentId);
      if (!person) return;
      const everyone = members.map((member) => member.residentId);
      const apply = (...changes: RegistryChange[]) => history.change(lgCode, changes, everyone);
      const n = fresh();
      switch (dice.int(5)) {
        case 0:
        case 1:
          return apply({ type: 'name-changed', residentId, ...newName(person.name, person.nameKana, n) });
        case 2:
          return apply({
            type: 'previous-address-corrected',
            residentId,
            previousAddress: `虚空県改訂市${wide(n)}番地`,
          });
        case 3: {
          const movers = dice.chance(0.5) ? everyone : [residentId];
          const here = movers.filter((id) => isHere(members.find((member) => member.residentId === id)?.status));
          const on = { year: 2026, month: 11, day: 1 + (n % 23) };
          if (here.includes(residentId))
            apply({
              type: 'moved-within',
              residentIds: here,
              address: `架空県転居台${wide(n)}番地`,
              on,
              notifiedOn: on,
            });
          return;
        }
        case 4:
          apply({ type: 'in-process-set', residentId, inProcess: true });
          return apply({ type: 'in-process-set', residentId, inProcess: false });
      }
    },
  };
}

const isHere = (status: string | undefined) => status === 'resident' || status === 'leaving';

function newName(name: string, kana: string | null, n: number): { name: string; nameKana: string | null } {
  const digits = [n % 12, Math.floor(n / 12) % 12, Math.floor(n / 144) % 12];
  // Nobody is ever called as somebody else was.
  if (n >= 1_728) digits.push(Math.floor(n / 1_728) % 12);
  const given = digits.map((digit) => FRESH[digit]).join('');
  const reading = digits.map((digit) => READINGS[digit]).join('');
  const separator = name.includes('　') ? '　' : ' ';
  return {
    name: `${name.split(separator)[0]}${separator}${given}`,
    nameKana: kana && `${kana.split('　')[0]}　${reading}`,
  };
}

function wide(n: number): string {
  return String(n).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}
