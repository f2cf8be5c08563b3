/** ② マイナンバーカードの読み取り. */
import { useGlass } from '../glass.tsx';
import { Actions } from '../parts/actions.tsx';
import { LanguageMenu } from '../parts/language-menu.tsx';
import { Note } from '../parts/note.tsx';
import { CardLies, LayDownCard, Working } from '../parts/pictures.tsx';
import { ScreenFrame } from '../parts/screen-frame.tsx';
import { sceneOf } from '../screen-context.ts';

export function CardScreen() {
  const { texts, context } = useGlass();
  const cards = sceneOf('card', context)?.cards ?? 'none';
  return (
    <ScreenFrame
      heading={cards === 'reading' ? texts.card.keep : texts.headings.card}
      lead={cards === 'none' ? texts.card.place : undefined}
      actions={<Actions />}
    >
      <div className="stack centered">
        {cards === 'several' && <Note kind="attention" title={texts.card.several} />}
        {cards === 'reading' ? <CardLies /> : <LayDownCard />}
        {cards === 'reading' && (
          <>
            <Working />
            <p className="large">{texts.card.reading}</p>
          </>
        )}
        {cards !== 'reading' && <LanguageMenu />}
      </div>
    </ScreenFrame>
  );
}
