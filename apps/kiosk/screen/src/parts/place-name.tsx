/** 市区町村・都道府県: by its own letters, with its reading above: kana in Japanese, Latin letters in every other language. */
import { type Language, prefectureInLatin, romajiOf, romajiOfPlace } from '@machikado/ui';
import { useGlass } from '../glass.tsx';
import type { KanaRow, Town } from '../municipality-list.ts';

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
      {known && language !== 'ja' && <span lang="ja-Latn"> ({readingOf(known, language)})</span>}
    </span>
  );
}

export function PrefectureName({ prefecture }: { prefecture: string }) {
  const { context, language } = useGlass();
  const [town] = context.towns.filter((one) => one.prefecture === prefecture);
  return <Read written={prefecture} reading={town && language !== 'ja' ? prefectureInLatin(town.lgCode) : undefined} />;
}

/** 読みの行. */
export function RowName({ row }: { row: KanaRow }) {
  const { language } = useGlass();
  return <Read written={row} reading={language === 'ja' ? undefined : romajiOf(row)} />;
}

const readingOf = (town: Town, language: Language) => (language === 'ja' ? town.nameKana : romajiOfPlace(town));

function Read({ written, reading }: { written: string; reading: string | undefined }) {
  const { language } = useGlass();
  if (!reading) return <span lang="ja">{written}</span>;
  return (
    <ruby lang="ja">
      {written}
      <rt lang={language === 'ja' ? 'ja' : 'ja-Latn'}>{reading}</rt>
    </ruby>
  );
}
