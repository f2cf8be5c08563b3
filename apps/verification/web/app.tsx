/** The whole page: head with the language, one screen at a time. */
import type { SiteAnswer, SiteRefusal } from '@machikado/protocol';
import { type Language, siteTexts } from '@machikado/ui';
import { useEffect, useReducer, useRef, useState } from 'react';
import { askSite } from './ask-site.ts';
import { Site } from './context.ts';
import { preferredLanguage, siteLanguages } from './languages.ts';
import { CameraScreen } from './parts/camera-screen.tsx';
import { FailedScreen } from './parts/failed-screen.tsx';
import { ProgressScreen } from './parts/progress-screen.tsx';
import { ResultScreen } from './parts/result-screen.tsx';
import { StartScreen } from './parts/start-screen.tsx';
import { TappingScreen } from './parts/tapping-screen.tsx';
import { nextState, type SiteState, startingWith } from './site-state.ts';

const screens: Readonly<Record<SiteState['screen'], (props: { state: SiteState }) => React.ReactNode>> = {
  start: StartScreen,
  camera: CameraScreen,
  progress: ProgressScreen,
  result: ResultScreen,
  failed: FailedScreen,
  tapping: TappingScreen,
};

export function App({ found }: { readonly found: SiteAnswer | SiteRefusal | undefined }) {
  const [language, setLanguage] = useState<Language>(() => preferredLanguage(navigator.languages));
  const [state, send] = useReducer(nextState, found, startingWith);
  const texts = siteTexts[language];
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${texts.title} — Machikado`;
  }, [language, texts]);
  const asked = useRef<SiteState>(state);
  asked.current = state;
  const { screen } = state;
  useEffect(() => {
    if (screen !== 'progress') return;
    const asking = new AbortController();
    void askSite(asked.current, asking.signal).then((answer) => {
      if (asking.signal.aborted) return;
      send('code' in answer ? { type: 'failed', failure: answer } : { type: 'answered', answer });
    });
    return () => asking.abort();
  }, [screen]);
  const Screen = screens[screen];

  return (
    <Site value={{ language, texts, send }}>
      <a className="skip" href="#main">
        {texts.skip}
      </a>
      <header className="top">
        <p className="site-name">
          <span className="brand">街角</span> {texts.title}
        </p>
        <label className="language">
          <span>{texts.language}</span>
          <select value={language} onChange={({ target }) => setLanguage(target.value as Language)}>
            {siteLanguages.map(({ id, name }) => (
              <option key={id} value={id} lang={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </header>
      <main id="main" data-screen={screen} tabIndex={-1}>
        <Screen key={screen} state={state} />
      </main>
    </Site>
  );
}
