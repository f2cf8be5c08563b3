/** 音声案内 as text: the last lines that the speaker said. */
import type { SpeakerFront } from '@machikado/simulators';
import type { VoiceLine } from './bench-state.ts';

export interface Voice {
  view(): readonly VoiceLine[];
  /** The power is gone, and with it what was being said. */
  fallSilent(): void;
}

const LINES_KEPT = 20;

export function listenToVoice(speaker: SpeakerFront, changed: () => void): Voice {
  let lines: readonly VoiceLine[] = [];
  let heard = speaker.look().said;
  speaker.onChange(() => {
    const { saying, said } = speaker.look();
    if (!saying || said === heard) return;
    heard = said;
    lines = [...lines, { n: said, ...saying }].slice(-LINES_KEPT);
    changed();
  });
  return {
    view: () => lines,
    fallSilent() {
      lines = [];
      changed();
    },
  };
}
