/** ④ 暗証番号の入力: digits go to the agent at once; the glass knows how many there are, not which. */
import { useEffect } from 'react';
import { useGlass } from '../glass.tsx';
import { Actions } from '../parts/actions.tsx';
import { Note } from '../parts/note.tsx';
import { PressButton } from '../parts/press-button.tsx';
import { ScreenFrame } from '../parts/screen-frame.tsx';
import { sceneOf } from '../screen-context.ts';

const PIN_DIGITS = 4;

export function PinScreen() {
  const { texts, context, can } = useGlass();
  const scene = sceneOf('pin', context);
  if (!scene) return null;
  const last = scene.triesLeft === 1;
  return (
    // The keys go and come with the question about the last try: then the focus begins anew at the heading.
    <ScreenFrame key={can('last-try') ? 'last-try' : 'keys'} lead={texts.pin.about} actions={<Actions back />}>
      <div className={can('last-try') ? 'pin asked' : 'pin'}>
        <div className="stack pin-side">
          {!can('last-try') && <Dots digits={scene.digits} />}
          {scene.wrong && scene.digits === 0 && (
            <Note kind="attention" title={texts.pin.wrong}>
              {!last && <p>{texts.pin.triesLeft(scene.triesLeft)}</p>}
            </Note>
          )}
          {last && (
            <Note kind="attention" title={texts.pin.lastTryTitle}>
              {can('last-try') && <p>{texts.pin.lastTry}</p>}
            </Note>
          )}
          {!last && !scene.wrong && <p className="large">{texts.pin.triesLeft(scene.triesLeft)}</p>}
          {can('last-try') && (
            <PressButton act="last-try" look="primary">
              {texts.buttons.lastTry}
            </PressButton>
          )}
        </div>
        {!can('last-try') && (
          <>
            <PinPad />
            <p className="fine pin-note">{texts.pin.hidden}</p>
          </>
        )}
      </div>
    </ScreenFrame>
  );
}

function Dots({ digits }: { digits: number }) {
  const { texts } = useGlass();
  return (
    <div className="pin-count">
      <span className="pin-label">{texts.pin.label}</span>
      <span className="dots" role="img" aria-label={texts.pin.entered(digits)}>
        {Array.from({ length: PIN_DIGITS }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the places are the places
          <span key={i} className={i < digits ? 'dot filled' : 'dot'} />
        ))}
      </span>
    </div>
  );
}

function PinPad() {
  const { texts, press } = useGlass();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      if (/^[0-9]$/.test(event.key)) press('digit', event.key);
      if (event.key === 'Backspace' || event.key === 'Delete') press('clear');
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [press]);
  return (
    <div className="pin-pad">
      {[...'123456789'].map((digit) => (
        <Digit key={digit} digit={digit} />
      ))}
      <PressButton act="clear" look="key">
        {texts.buttons.clear}
      </PressButton>
      <Digit digit="0" />
    </div>
  );
}

const Digit = ({ digit }: { digit: string }) => (
  <PressButton act="digit" value={digit} look="key">
    {digit}
  </PressButton>
);
