/** 処理中: the machine works; nobody has to do anything. */
import { useGlass } from '../glass.tsx';
import { Working } from '../parts/pictures.tsx';
import { ScreenFrame } from '../parts/screen-frame.tsx';
import { sceneOf } from '../screen-context.ts';

export function BusyScreen() {
  const { texts, context } = useGlass();
  const scene = sceneOf('busy', context);
  if (!scene) return null;
  const { doing, long } = scene;
  return (
    <ScreenFrame heading={texts.busy[doing].title}>
      <div className="stack centered">
        <Working />
        <p className="large">{long ? texts.busyLong : texts.headings.busy}</p>
        <p className="large">{texts.busy[doing].about}</p>
      </div>
    </ScreenFrame>
  );
}
