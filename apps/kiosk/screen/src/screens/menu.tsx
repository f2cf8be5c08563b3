/** ① メニュー選択: what works now, what is needed, and the way in. */

import { useGlass } from '../glass.tsx';
import { Actions } from '../parts/actions.tsx';
import { LanguageMenu } from '../parts/language-menu.tsx';
import { LateEndNote } from '../parts/late-end-note.tsx';
import { Note } from '../parts/note.tsx';
import { ScreenFrame } from '../parts/screen-frame.tsx';
import { CenterState, MachineState, TownStates } from '../parts/states.tsx';
import { sceneOf } from '../screen-context.ts';

export function MenuScreen() {
  const { texts, context, can } = useGlass();
  const scene = sceneOf('menu', context);
  if (!scene) return null;
  return (
    <ScreenFrame
      {...(!can('begin') && { heading: texts.headings.disconnected })}
      lead={texts.menu.about}
      actions={<Actions quit={false} forward="begin" forwardText={texts.buttons.begin} />}
    >
      <div className="stack">
        {scene.late?.map((end) => (
          <LateEndNote key={end.reference} end={end} />
        ))}
        {can('begin') && <Note kind="well" title={texts.status.allWell} />}
        <CenterState status={scene.status} />
        <MachineState machine={scene.machine} />
        {scene.status && <TownStates status={scene.status} />}
        <section className="panel">
          <h2>{texts.menu.needsTitle}</h2>
          <ul className="needs">
            {texts.menu.needs.map((need) => (
              <li key={need}>{need}</li>
            ))}
          </ul>
        </section>
        <LanguageMenu />
      </div>
    </ScreenFrame>
  );
}
