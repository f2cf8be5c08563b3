/** ③ 証明書交付市区町村の選択: one’s own, the one of the 本籍, or any other. */
import type { Role } from '@machikado/protocol';
import { useGlass } from '../glass.tsx';
import { Actions } from '../parts/actions.tsx';
import { Note } from '../parts/note.tsx';
import { PressButton } from '../parts/press-button.tsx';
import { ScreenFrame } from '../parts/screen-frame.tsx';
import { MachineState, TownStates } from '../parts/states.tsx';
import { sceneOf } from '../screen-context.ts';

const roles = ['residence', 'registered-domicile'] as const satisfies readonly Role[];

export function MunicipalityScreen() {
  const { texts, context } = useGlass();
  const scene = sceneOf('municipality', context);
  if (!scene) return null;
  const { municipality } = texts;
  return (
    <ScreenFrame actions={<Actions />}>
      <div className="stack">
        {scene.domicile && (
          <Note kind="attention" title={municipality.domicileUnknown}>
            <p>{municipality.domicileUnknownWhat}</p>
          </Note>
        )}
        <div className="choices">
          {roles.map((role) => (
            <PressButton key={role} act="municipality" value={role} look="choice">
              <span className="choice-text">
                <span className="choice-title">{municipality.roles[role].title}</span>
                <span className="choice-about">{municipality.roles[role].about}</span>
              </span>
            </PressButton>
          ))}
          <PressButton act="other" look="choice">
            <span className="choice-text">
              <span className="choice-title">{municipality.other.title}</span>
              <span className="choice-about">{municipality.other.about}</span>
            </span>
          </PressButton>
        </div>
        <MachineState machine={scene.machine} />
        <TownStates status={scene.status} />
      </div>
    </ScreenFrame>
  );
}
