/** ⑤ カード取り外し, with the language menu; カードの取り忘れ when it lies there too long. */
import { useGlass } from '../glass.tsx';
import { Actions } from '../parts/actions.tsx';
import { LanguageMenu } from '../parts/language-menu.tsx';
import { Note } from '../parts/note.tsx';
import { TakeCard } from '../parts/pictures.tsx';
import { ScreenFrame } from '../parts/screen-frame.tsx';
import { sceneOf } from '../screen-context.ts';

export function CardAwayScreen() {
  const { texts, context } = useGlass();
  const reminded = sceneOf('card-away', context)?.reminded ?? false;
  return (
    <ScreenFrame lead={texts.cardAway.about} tone={reminded ? 'attention' : 'calm'} actions={<Actions />}>
      <div className="stack centered">
        {reminded && <Note kind="attention" title={texts.cardAway.forgotten} />}
        <TakeCard />
        <p className="large">{texts.cardAway.notNeeded}</p>
        <LanguageMenu />
      </div>
    </ScreenFrame>
  );
}
