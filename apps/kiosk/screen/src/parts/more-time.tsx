/** もう少し時間がいりますか: lies over the screen with the seconds that are left. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useGlass } from '../glass.tsx';
import { quitWordOn } from './actions.tsx';
import { PressButton } from './press-button.tsx';

export function MoreTime() {
  const { context, screen } = useGlass();
  const seconds = context.scene?.endsInSeconds;
  if (seconds === undefined || screen === 'disconnected') return null;
  return <MoreTimeDialog seconds={seconds} />;
}

function MoreTimeDialog({ seconds }: { seconds: number }) {
  const { texts, press, can, screen } = useGlass();
  const dialog = useRef<HTMLDialogElement>(null);
  const left = useCountdown(seconds);
  // Closed before it leaves the page: the focus goes back to where it was.
  useLayoutEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    opened?.querySelector<HTMLElement>('[data-act=stay]')?.focus();
    return () => opened?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="more-time"
      aria-labelledby="more-time-title"
      aria-describedby="more-time-wiped"
      onCancel={(event) => {
        event.preventDefault();
        press('stay');
      }}
      // Where the browser lets nobody hold it open.
      onClose={() => press('stay')}
    >
      <h2 id="more-time-title">{texts.moreTime.title}</h2>
      <p className="seconds" aria-hidden="true">
        {left}
      </p>
      <p>{texts.moreTime.endsIn(left)}</p>
      <p id="more-time-wiped">{screen === 'pay' ? texts.moreTime.moneyBack : texts.moreTime.wiped}</p>
      <div className="dialog-actions">
        {can('quit') && (
          <PressButton act="quit" look="secondary">
            {texts.buttons[quitWordOn(screen)]}
          </PressButton>
        )}
        {can('done') && (
          <PressButton act="done" look="secondary">
            {texts.buttons.done}
          </PressButton>
        )}
        <PressButton act="stay" look="primary">
          {texts.buttons.stay}
        </PressButton>
      </div>
    </dialog>
  );
}

/** Counts by itself between the scenes that say how much is really left. */
function useCountdown(seconds: number): number {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    setLeft(seconds);
    const timer = setInterval(() => setLeft((now) => Math.max(0, now - 1)), 1_000);
    return () => clearInterval(timer);
  }, [seconds]);
  return left;
}
