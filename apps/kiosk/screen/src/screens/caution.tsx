/** ⑧ 個人番号を記載しますか: what few receivers may take is printed only when it was said once more that it is wanted. */
import { unagreedItem } from '../choices.ts';
import { useGlass } from '../glass.tsx';
import { Actions } from '../parts/actions.tsx';
import { Note } from '../parts/note.tsx';
import { PressButton } from '../parts/press-button.tsx';
import { ScreenFrame } from '../parts/screen-frame.tsx';
import { choosingOf } from '../screen-context.ts';

export function CautionScreen() {
  const { texts, context } = useGlass();
  const choosing = choosingOf(context);
  const item = choosing && unagreedItem(choosing);
  if (!item) return null;
  const { title, why, agree, leaveOut } = texts.choose.cautions[item];
  return (
    <ScreenFrame heading={title} actions={<Actions back />}>
      <div className="stack">
        <Note kind="attention">
          {why.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Note>
        <div className="choices">
          <PressButton act="leave-out" value={item} look="choice">
            <span className="choice-title">{leaveOut}</span>
          </PressButton>
          <PressButton act="agree" value={item} look="choice">
            <span className="choice-title">{agree}</span>
          </PressButton>
        </div>
      </div>
    </ScreenFrame>
  );
}
