/** One screen: what is asked (it gets the focus), the thing itself, and the row of buttons at the bottom. */
import { type ReactNode, useEffect, useRef } from 'react';
import { useGlass } from '../glass.tsx';
import { ScrollArea } from './scroll-area.tsx';

interface ScreenFrameProps {
  readonly heading?: string;
  readonly lead?: ReactNode;
  /** What must be in sight however long the rest is. */
  readonly foot?: ReactNode;
  readonly actions?: ReactNode;
  /** An end or a fault: the heading carries the sign of it. */
  readonly tone?: 'calm' | 'attention';
  readonly children?: ReactNode;
}

export function ScreenFrame({ heading, lead, foot, actions, tone = 'calm', children }: ScreenFrameProps) {
  const { screen, texts, context } = useGlass();
  const title = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus moves with the screen
  useEffect(() => title.current?.focus({ preventScroll: true }), [screen]);
  const head = (
    <div className="screen-head">
      <h1 ref={title} tabIndex={-1}>
        {heading ?? texts.headings[screen]}
      </h1>
      {lead && <div className="lead">{lead}</div>}
    </div>
  );
  // Large letters need the room: there the head scrolls with the rest.
  const headScrolls = context.settings.textSize !== '100';
  return (
    <main className={`screen tone-${tone}`} data-step={screen}>
      {!headScrolls && head}
      <ScrollArea>
        {headScrolls && head}
        {children}
      </ScrollArea>
      {foot && <div className="foot">{foot}</div>}
      {actions && (
        <nav className="actions" aria-label={texts.frame.actions}>
          {actions}
        </nav>
      )}
    </main>
  );
}
