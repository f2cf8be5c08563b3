/** ⑬ 取り忘れ確認: the paper, and おつり; the button stops the voice. */
import { useGlass } from '../glass.tsx';
import { Actions } from '../parts/actions.tsx';
import { Note } from '../parts/note.tsx';
import { TakePaper } from '../parts/pictures.tsx';
import { ScreenFrame } from '../parts/screen-frame.tsx';
import { sceneOf } from '../screen-context.ts';

export function TakePaperScreen() {
  const { texts, context } = useGlass();
  const scene = sceneOf('take-paper', context);
  if (!scene) return null;
  const { paperTaken, changeYen } = scene;
  return (
    <ScreenFrame
      {...(paperTaken && changeYen > 0 && { heading: texts.takePaper.change(texts.yen(changeYen)) })}
      tone={paperTaken && changeYen === 0 ? 'calm' : 'attention'}
      lead={texts.takePaper.stopVoice}
      actions={<Actions quit={false} forward="taken" forwardText={texts.buttons.taken} />}
    >
      <div className="stack centered">
        {paperTaken ? (
          <Note kind="well" title={texts.takePaper.taken} />
        ) : (
          <Note kind="attention" title={texts.takePaper.about} />
        )}
        {changeYen > 0 && !paperTaken && <Note kind="attention" title={texts.takePaper.change(texts.yen(changeYen))} />}
        <TakePaper />
      </div>
    </ScreenFrame>
  );
}
