/** Somebody else’s name where the name of the holder stood: as many letters as before, if possible. */
import type { Changing } from '../forge-front.ts';
import { valuesOn, withValue } from '../values.ts';

const STRANGERS = [
  '港　凪',
  '港　霧人',
  '汐見　渚',
  '霧笛　波',
  '汐見　凪人',
  '霧笛　波子',
  '海野　汐里',
  '霧笛　波太郎',
  '汐見　潮五郎',
  '岬　帆奈美',
  '磯辺　小次郎左',
  'LOPEZ SANTOS ANA LUCIA DEL MAR',
  'TRAN VAN MINH HOANG',
];

export const exchangeName: Changing = ({ job, names }, chance) => {
  const written = names.flatMap((name) => [name, name.split('　').at(-1) ?? name]);
  const values = valuesOn(job.data).filter(({ text }) => written.includes(text));
  return chance.shuffled(values).flatMap(({ text, path }) => {
    const strangers = STRANGERS.map((name) =>
      text.includes('　') || text.includes(' ') ? name : (name.split('　').at(-1) ?? name),
    );
    const others = chance
      .shuffled(strangers.filter((name) => name !== text))
      .sort((a, b) => apart(a, text) - apart(b, text));
    return others.slice(0, 1).map((name) => ({ what: `${text} → ${name}`, data: withValue(job.data, path, name) }));
  });
};

function apart(a: string, b: string): number {
  return Math.abs([...a].length - [...b].length);
}
