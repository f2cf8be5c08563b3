/** 年度: in the words of the language, and as it will stand on the paper. */
import { catalogues } from '@machikado/ui';
import { useGlass } from '../glass.tsx';

export function FiscalYear({ year }: { year: number }) {
  const { texts, language } = useGlass();
  return (
    <span>
      {texts.choose.fiscalYear(year).title}
      {language !== 'ja' && (
        <>
          {' '}
          <span lang="ja" className="whole">
            {catalogues.ja.choose.fiscalYear(year).title}
          </span>
        </>
      )}
    </span>
  );
}
