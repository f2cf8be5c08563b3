/** 音声案内: a speaker that keeps the line it is saying, so that a page can show it. */
import { createWatch } from './watch.ts';

export interface VoiceLine {
  readonly language: string;
  /** Stable key by which a recording can be found. */
  readonly phrase: string;
  readonly text: string;
}

export interface Speaker {
  say(line: VoiceLine): Promise<void>;
  silence(): Promise<void>;
}

export interface SpeakerFront {
  /** What it says now, and how many lines it has said: the same line said again is another one. */
  look(): { readonly saying: VoiceLine | undefined; readonly said: number };
  onChange(listener: () => void): () => void;
}

export function openSpeaker(): Speaker & SpeakerFront {
  const watch = createWatch();
  let saying: VoiceLine | undefined;
  let said = 0;
  return {
    async say(line) {
      saying = line;
      said += 1;
      watch.changed();
    },
    async silence() {
      saying = undefined;
      watch.changed();
    },
    look: () => ({ saying, said }),
    onChange: watch.listen,
  };
}
