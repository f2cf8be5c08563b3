/** 音声案内: what the speaker says, in the language that was chosen. Never a digit, never a name. A speaker that fails stops nobody. */
import { catalogues, findLanguage, type Language, type VoicePhrase } from '@machikado/ui';
import type { Speaker } from '../ports.ts';

export interface Voice {
  say(phrase: VoicePhrase): void;
  silence(): void;
  /** false: no such language. Whatever was said last is said again in it. */
  speak(language: string): boolean;
  /** Back to Japanese, for the next person. */
  reset(): void;
}

const USUAL: Language = 'ja';

export function createVoice(speaker: Speaker): Voice {
  let language = USUAL;
  let last: VoicePhrase | undefined;
  const say = (phrase: VoicePhrase) => {
    last = phrase;
    speaker.say({ language, phrase, text: catalogues[language].voice[phrase] }).catch(() => undefined);
  };
  return {
    say,
    silence() {
      last = undefined;
      speaker.silence().catch(() => undefined);
    },
    speak(name) {
      const found = findLanguage(name);
      if (!found) return false;
      if (found !== language) {
        language = found;
        if (last) say(last);
      }
      return true;
    },
    reset() {
      language = USUAL;
      last = undefined;
    },
  };
}
