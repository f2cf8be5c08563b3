/**
 * How far a visitor has come, told by the devices alone: the workbench cannot look at the kiosk’s screen and never asks the center. What lies, hangs
 * or sticks somewhere comes first; then what the speaker said last. The guide on the page says one sentence for each stage.
 */
import type { GuideStage, VoicePhrase } from '@machikado/ui';
import type { BenchState } from './bench-state.ts';

/** What is to be done at the screen, or at a device that has nothing to show for it yet. */
const asked: Readonly<Record<VoicePhrase, GuideStage>> = {
  welcome: 'begin',
  'lay-down-card': 'lay-card',
  'one-card-only': 'one-card',
  'choose-municipality': 'town',
  'enter-pin': 'pin',
  'wrong-pin': 'pin',
  'last-try': 'pin',
  'take-card': 'wait',
  choose: 'choose',
  'please-wait': 'wait',
  'insert-money': 'wait',
  'insert-exact-money': 'wait',
  'money-sent-back': 'wait',
  printing: 'printing',
  'call-staff': 'attend',
  'take-paper': 'say-taken',
  'take-change': 'say-taken',
  'take-money': 'ended',
  'take-receipt': 'done',
  'more-time': 'stay',
  'ended-early': 'ended',
  'thank-you': 'done',
};

/** A use is over or was cut off: what lies in the dish would be forgotten. */
const useIsOver: readonly GuideStage[] = ['say-taken', 'ended', 'done', 'begin'];

export function stageOf(bench: Omit<BenchState, 'stage'>): GuideStage {
  const { kiosk, coins, printer, tray, taken, receipts } = bench;
  if (kiosk.power !== 'on') return kiosk.power === 'starting' ? 'starting' : 'power';
  if (isBroken(bench)) return 'attend';
  if (printer.printing) return 'printing';
  if (tray.length > 0) return 'take-paper';
  if (coins.inletOpen) return coins.escrowYen === 0 ? 'pay' : 'pay-up';
  const lying = bench.cards.filter(({ onReader }) => onReader);
  if (lying.length > 1) return 'one-card';
  const phrase = (bench.voice.at(-1)?.phrase ?? 'welcome') as VoicePhrase;
  if (lying.length === 1 && (lying[0]?.chip === 'signed' || phrase === 'take-card')) return 'take-card';
  const stage = asked[phrase] ?? 'wait';
  if (stage === 'lay-card' && lying.length === 1) return 'reading';
  if (isOfAUseBefore(bench.voice)) {
    if (coins.dish.length > 0) return 'take-coins';
    return receipts.slot.length > 0 ? 'tear-receipt' : 'begin';
  }
  if (coins.dish.length > 0 && useIsOver.includes(stage)) return 'take-coins';
  if (stage === 'done' && receipts.slot.length > 0) return 'tear-receipt';
  // Back at the first screen, with the paper in hand: of this use, not of one before.
  if (stage === 'begin' && taken.length > 0 && cameToPaper(bench.voice)) return 'done';
  return stage;
}

/** The first screen, where nothing was said yet but what a use left that had been cut off. */
function isOfAUseBefore(voice: BenchState['voice']): boolean {
  const said = voice.map(({ phrase }) => phrase);
  const welcome = said.lastIndexOf('welcome');
  const since = said.slice(welcome + 1);
  return welcome >= 0 && since.length > 0 && since.every((phrase) => ['take-money', 'take-receipt'].includes(phrase));
}

/** The last use that the speaker knows of; a power cut makes it forget. Who takes the paper at once is never reminded of it. */
function cameToPaper(voice: BenchState['voice']): boolean {
  const said = voice.map(({ phrase }) => phrase);
  const lastUse = said.slice(said.lastIndexOf('lay-down-card') + 1);
  const saidOneOf = (...phrases: readonly VoicePhrase[]) => phrases.some((phrase) => lastUse.includes(phrase));
  return saidOneOf('printing', 'take-paper', 'take-change') && !saidOneOf('ended-early', 'take-money');
}

function isBroken({ coins, printer }: Pick<BenchState, 'coins' | 'printer'>): boolean {
  return coins.jammed || printer.jammed || printer.coverOpen || printer.paper === 'empty' || printer.toner === 'empty';
}
