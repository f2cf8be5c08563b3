/** もう少し時間がいりますか: lies over the screen with the seconds that are left. */
import { useEffect, useRef, useState } from 'react';
import { useGlass } from '../glass.tsx';
import { PressButton } from './press-button.tsx';

export function MoreTime() {
  const { context, screen } = useGlass();
  const { scene } = context;
  if (!scene || scene.endsInSeconds === undefined || screen === 'disconnected') return null;
  return <MoreTimeDialog key={scene.seq} seconds={scene.endsInSeconds} />;
}

function MoreTimeDialog({ seconds }: { seconds: number }) {
  const { texts, press, can } = useGlass();
  const dialog = useRef<HTMLDialogElement>(null);
  const left = useCountdown(seconds);
  useEffect(() => dialog.current?.showModal(), []);
  const other = (['quit', 'done'] as const).find((act) => can(act));
  return (
    <dialog
      ref={dialog}
      className="more-time"
      aria-labelledby="more-time-title"
      onCancel={(event) => {
        event.preventDefault();
        press('stay');
      }}
    >
      <h2 id="more-time-title">{texts.moreTime.title}</h2>
      <p className="seconds" aria-hidden="true">
        {left}
      </p>
      <p>{texts.moreTime.endsIn(left)}</p>
      <p>{texts.moreTime.wiped}</p>
      <div className="dialog-actions">
        {other && (
          <PressButton act={other} look="secondary">
            {texts.buttons[other]}
          </PressButton>
        )}
        <PressButton act="stay" look="primary">
          {texts.buttons.stay}
        </PressButton>
      </div>
    </dialog>
  );
}

function useCountdown(seconds: number): number {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => setLeft((now) => Math.max(0, now - 1)), 1_000);
    return () => clearInterval(timer);
  }, []);
  return left;
}
