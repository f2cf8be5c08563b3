/** What page this is, the business clock, the language, the mains. */
import { languageNames, type StaffLanguage, staffLanguages } from '@machikado/ui';
import { useContext, useEffect, useState } from 'react';
import type { BenchState, ClockView } from '../../src/bench-state.ts';
import { Page, useNext, useTexts } from '../context.ts';
import { perform } from '../use-bench.ts';
import { PowerIcon } from './icons.tsx';

interface Props {
  readonly state: BenchState;
  readonly onLanguage: (language: StaffLanguage) => void;
  readonly guideOpen: boolean;
  readonly onGuide: () => void;
}

export function Header({ state: { kiosk, clock }, onLanguage, guideOpen, onGuide }: Props) {
  const texts = useTexts();
  const on = kiosk.power === 'on' || kiosk.power === 'starting';
  return (
    <header className="top">
      <h1>
        <span className="brand">街角</span> {texts.title}
        <small>{texts.subtitle}</small>
      </h1>
      <BusinessClock clock={clock} />
      {!guideOpen && (
        <button type="button" className="plain" onClick={onGuide}>
          {texts.guide.open}
        </button>
      )}
      <LanguageSwitch onLanguage={onLanguage} />
      <button
        type="button"
        className="mains"
        data-on={on}
        {...useNext('power')}
        onClick={() => perform({ deed: on ? 'power-cut' : 'power-on' })}
      >
        <PowerIcon />
        {on ? texts.power.cut : texts.power.switchOn}
      </button>
    </header>
  );
}

function LanguageSwitch({ onLanguage }: Pick<Props, 'onLanguage'>) {
  const { texts, language: here } = useContext(Page);
  return (
    <fieldset className="languages">
      <legend className="unseen">{texts.language}</legend>
      {staffLanguages.map((language) => (
        <button
          type="button"
          key={language}
          lang={language}
          aria-pressed={language === here}
          onClick={() => onLanguage(language)}
        >
          {languageNames[language]}
        </button>
      ))}
    </fieldset>
  );
}

const SECOND_MS = 1_000;

function BusinessClock({ clock: { businessOffsetMs, moved } }: { readonly clock: ClockView }) {
  const { texts, language } = useContext(Page);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(ticking);
  }, []);
  const instant = new Date(now + businessOffsetMs);
  const format = (options: Intl.DateTimeFormatOptions) =>
    instant.toLocaleString(language, { timeZone: 'Asia/Tokyo', ...options });
  return (
    <div className="clock">
      <span className="clock-title">{texts.clock.title}</span>
      <time dateTime={instant.toISOString()}>
        {format({ month: 'short', day: 'numeric', weekday: 'short' })}{' '}
        <b>{format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })}</b>
      </time>
      {moved && (
        <details>
          <summary>{texts.clock.moved}</summary>
          <p>{texts.clock.movedWhy}</p>
        </details>
      )}
    </div>
  );
}
