/** The wire between glass and agent is broken. It is taken up again by itself, unless the agent was started anew: then the page has to be, too. */
import { useGlass } from '../glass.tsx';
import { Note } from '../parts/note.tsx';
import { Working } from '../parts/pictures.tsx';
import { ScreenFrame } from '../parts/screen-frame.tsx';

export function DisconnectedScreen() {
  const { texts, context } = useGlass();
  return (
    <ScreenFrame>
      <div className="stack centered">
        {!context.refused && <Working />}
        <p className="large">{context.refused ? texts.disconnected.refused : texts.disconnected.about}</p>
        <Note kind="attention" title={texts.disconnected.money} />
      </div>
    </ScreenFrame>
  );
}
