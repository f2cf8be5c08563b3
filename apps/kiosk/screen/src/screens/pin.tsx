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
  // The keys go and come with the question about the last try: then the focus begins anew at the heading.
  if (can('last-try')) return <LastTryScreen key="last-try" wrong={scene.wrong} />;
  const last = scene.triesLeft === 1;
  return (
    <ScreenFrame key="keys" lead={texts.pin.about} actions={<Actions back />}>
      <div className="pin">
        <div className="stack pin-side">
          <Dots digits={scene.digits} />
          {scene.wrong && scene.digits === 0 && (
            <Note kind="attention" title={texts.pin.wrong}>
              {!last && <p>{texts.pin.triesLeft(scene.triesLeft)}</p>}
            </Note>
          )}
          {last && <Note kind="attention" title={texts.pin.lastTryTitle} />}
          {!last && !scene.wrong && <p className="large">{texts.pin.triesLeft(scene.triesLeft)}</p>}
        </div>
        <PinPad />
        <p className="fine pin-note">{texts.pin.hidden}</p>
      </div>
    </ScreenFrame>
  );
}

/** Nothing but the question, so that words and button are in sight in large letters too. */
function LastTryScreen({ wrong }: { wrong: boolean }) {
  const { texts } = useGlass();
  return (
    <ScreenFrame
      heading={texts.pin.lastTryTitle}
      lead={wrong && texts.pin.wrong}
      tone="attention"
      actions={<Actions back />}
    >
      <div className="stack last-try">
        <Note kind="attention">
          <p>{texts.pin.lastTry}</p>
        </Note>
        <PressButton act="last-try" look="primary">
          {texts.buttons.lastTry}
        </PressButton>
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
