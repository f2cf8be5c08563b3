/** 市区町村・都道府県: by its own letters, with its reading above: kana in Japanese, Latin letters in every other language. */
import { type Language, prefectureInLatin, romajiOfPlace } from '@machikado/ui';
import { useGlass } from '../glass.tsx';
import type { Town } from '../municipality-list.ts';

export function TownName({ town: { lgCode, name } }: { town: Pick<Town, 'lgCode' | 'name'> }) {
  const { context, language } = useGlass();
  const known = context.towns.find((town) => town.lgCode === lgCode);
  return <Read written={name} reading={known && readingOf(known, language)} />;
}

/** Within a line: whoever reads the letters needs no reading. */
export function TownNameInLine({ town: { lgCode, name } }: { town: Pick<Town, 'lgCode' | 'name'> }) {
  const { context, language } = useGlass();
  const known = context.towns.find((town) => town.lgCode === lgCode);
  return (
    <span>
      <span lang="ja">{name}</span>
      {known && language !== 'ja' && ` (${readingOf(known, language)})`}
    </span>
  );
}

export function PrefectureName({ prefecture }: { prefecture: string }) {
  const { context, language } = useGlass();
  const [town] = context.towns.filter((one) => one.prefecture === prefecture);
  return <Read written={prefecture} reading={town && language !== 'ja' ? prefectureInLatin(town.lgCode) : undefined} />;
}

const readingOf = (town: Town, language: Language) => (language === 'ja' ? town.nameKana : romajiOfPlace(town));

function Read({ written, reading }: { written: string; reading: string | undefined }) {
  if (!reading) return <span lang="ja">{written}</span>;
  return (
    <ruby lang="ja">
      {written}
      <rt>{reading}</rt>
    </ruby>
  );
}
