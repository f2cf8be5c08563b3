/** The wire between glass and agent is broken; it is taken up again by itself. */
import { useGlass } from '../glass.tsx';
import { Note } from '../parts/note.tsx';
import { Working } from '../parts/pictures.tsx';
import { ScreenFrame } from '../parts/screen-frame.tsx';

export function DisconnectedScreen() {
  const { texts } = useGlass();
  return (
    <ScreenFrame>
      <div className="stack centered">
        <Working />
        <p className="large">{texts.disconnected.about}</p>
        <Note kind="attention" title={texts.disconnected.money} />
      </div>
    </ScreenFrame>
  );
}
