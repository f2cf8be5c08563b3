/** 案内: leads a first-time visitor to a first certificate, one sentence at a time, as the devices really stand. */
import { useContext, useEffect } from 'react';
import type { BenchState } from '../../src/bench-state.ts';
import { Page } from '../context.ts';
import type { Control } from '../next-control.ts';
import { ArrowIcon, CloseIcon, TickIcon } from './icons.tsx';

interface Props {
  readonly state: BenchState;
  readonly part: number;
  readonly onClose: () => void;
}

export function GuideStrip({ state, part, onClose }: Props) {
  const { texts, language, next } = useContext(Page);
  useEffect(() => bringIntoView(next), [next]);
  const card = state.cards.find(({ onReader }) => onReader) ?? state.cards[guideCard(state)];
  const label = card?.label[language] ?? '';
  const { say, more } = texts.guide.sentences({ label, pin: card?.pin ?? '' })[state.stage];
  return (
    <section className="guide" aria-label={texts.guide.title}>
      <ol className="parts">
        {texts.guide.parts.map((name, i) => (
          <li
            key={name}
            data-done={i < part || undefined}
            aria-current={i === part ? 'step' : undefined}
            aria-label={texts.guide.part(name, i + 1, texts.guide.parts.length)}
          >
            <span className="dot">{i < part ? <TickIcon /> : i + 1}</span>
            <span className="name">{name}</span>
          </li>
        ))}
      </ol>
      <p className="sentence" role="status">
        <strong>{say}</strong>
        {more && <span>{more}</span>}
      </p>
      <div className="guide-ends">
        {next && (
          <button type="button" className="plain" onClick={goThere}>
            {texts.guide.go}
            <ArrowIcon />
          </button>
        )}
        <button type="button" className="plain bare" aria-label={texts.guide.close} onClick={onClose}>
          <CloseIcon />
        </button>
      </div>
    </section>
  );
}

/** The first card of the rack, unless somebody has locked it. */
export function guideCard({ cards }: Pick<BenchState, 'cards'>): number {
  return Math.max(
    0,
    cards.findIndex(({ triesLeft }) => triesLeft > 0),
  );
}

/** Whoever follows the guide need not search: what comes next moves into view, unless a good part of it is there already. */
function bringIntoView(next: Control | undefined): void {
  const marked = next && document.querySelector<HTMLElement>('[data-next]');
  if (!marked) return;
  const { top, bottom, height } = marked.getBoundingClientRect();
  const covered = document.querySelector('.guide')?.clientHeight ?? 0;
  const seen = Math.min(bottom, innerHeight) - Math.max(top, covered);
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (seen < Math.min(height, innerHeight - covered) * ENOUGH)
    marked.scrollIntoView({ block: 'center', behavior: still ? 'instant' : 'smooth' });
}

const ENOUGH = 0.6;

function goThere(): void {
  const marked = document.querySelector<HTMLElement>('[data-next]');
  const control = marked?.matches('button, iframe') ? marked : marked?.querySelector<HTMLElement>('button, iframe');
  marked?.scrollIntoView({ block: 'center' });
  (control ?? marked)?.focus({ preventScroll: true });
}
