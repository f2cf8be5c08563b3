/** 音声案内 as text: the newest line, and the one before it. */
import type { VoiceLine } from '../../src/bench-state.ts';
import { useTexts } from '../context.ts';
import { SpeakerIcon } from './icons.tsx';

const SHOWN = 2;

export function VoiceLog({ lines }: { readonly lines: readonly VoiceLine[] }) {
  const texts = useTexts();
  return (
    <section className="voice" aria-label={texts.voice.title}>
      <h2>
        <SpeakerIcon />
        {texts.voice.title}
      </h2>
      <div role="log" aria-label={texts.voice.title}>
        {lines.length === 0 ? (
          <p className="quiet">{texts.voice.silent}</p>
        ) : (
          lines.slice(-SHOWN).map(({ n, language, text }) => (
            <p key={n} lang={language}>
              {text}
            </p>
          ))
        )}
      </div>
    </section>
  );
}
