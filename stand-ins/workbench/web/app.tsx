/** The whole page: on the left the kiosk’s screen, on the right its devices and the desk, above them the guide. */
import { type StaffLanguage, workbenchTexts } from '@machikado/ui';
import { useEffect, useRef } from 'react';
import type { BenchState } from '../src/bench-state.ts';
import { Page } from './context.ts';
import { guideRows } from './next-control.ts';
import { CardPanel } from './parts/card-panel.tsx';
import { CoinPanel } from './parts/coin-panel.tsx';
import { Desk } from './parts/desk.tsx';
import { FaultsDrawer } from './parts/faults-drawer.tsx';
import { GuideStrip } from './parts/guide-strip.tsx';
import { Header } from './parts/header.tsx';
import { KioskScreen } from './parts/kiosk-screen.tsx';
import { PaperPanel } from './parts/paper-panel.tsx';
import { ReceiptPanel } from './parts/receipt-panel.tsx';
import { VoiceLog } from './parts/voice-log.tsx';
import { useBench } from './use-bench.ts';
import { useKept } from './use-kept.ts';

export function App() {
  const { state, lost } = useBench();
  const preferred: StaffLanguage = navigator.language.startsWith('ja') ? 'ja' : 'en';
  const [language, setLanguage] = useKept<StaffLanguage>(
    'language',
    preferred,
    (text) => text === 'ja' || text === 'en',
  );
  const [guide, setGuide] = useKept<'open' | 'closed'>('guide', 'open', (text) => text === 'open' || text === 'closed');
  const texts = workbenchTexts[language];
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${texts.title} — 街角 Machikado`;
  }, [language, texts]);
  const part = useGuidePart(state);
  if (!state) return <p className="lost">{lost ? texts.lost : null}</p>;
  const next = guide === 'open' ? guideRows[state.stage].control : undefined;

  return (
    <Page value={{ language, texts, next }}>
      <a className="skip" href="#hardware">
        {texts.skip}
      </a>
      <Header state={state} onLanguage={setLanguage} guideOpen={guide === 'open'} onGuide={() => setGuide('open')} />
      {guide === 'open' && <GuideStrip state={state} part={part} onClose={() => setGuide('closed')} />}
      {lost && (
        <p className="lost" role="alert">
          {texts.lost}
        </p>
      )}
      <main className="bench">
        <div className="machine">
          <KioskScreen kiosk={state.kiosk} />
          <VoiceLog lines={state.voice} />
        </div>
        <div className="hardware" id="hardware" tabIndex={-1}>
          <CardPanel cards={state.cards} lamp={state.lamp} />
          <CoinPanel coins={state.coins} />
          <PaperPanel printer={state.printer} tray={state.tray} />
          <ReceiptPanel receipts={state.receipts} />
          <Desk state={state} />
          <FaultsDrawer state={state} />
        </div>
      </main>
    </Page>
  );
}

/** A stage that belongs to no part of the guide leaves it where it was. */
function useGuidePart(state: BenchState | undefined): number {
  const last = useRef(0);
  const part = (state && guideRows[state.stage].part) ?? last.current;
  last.current = part;
  return part;
}
