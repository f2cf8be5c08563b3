/** 続きがあります: a region that may be longer than the glass, says so, and can be moved by finger, by key and by button. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useGlass } from '../glass.tsx';

const pageOf = (area: HTMLElement) => area.clientHeight * 0.8;

export function ScrollArea({ children }: { children: ReactNode }) {
  const { texts } = useGlass();
  const area = useRef<HTMLElement>(null);
  const [more, setMore] = useState({ above: false, below: false });

  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const measure = () => {
      const { scrollTop, clientHeight, scrollHeight, parentElement } = element;
      // The cue takes room itself: without it everything may be in sight.
      const overflows = scrollHeight - 4 > (parentElement?.clientHeight ?? clientHeight);
      const above = overflows && scrollTop > 4;
      const below = overflows && scrollTop + clientHeight < scrollHeight - 4;
      setMore((now) => (now.above === above && now.below === below ? now : { above, below }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);

  const scroll = (direction: 1 | -1) => area.current?.scrollBy({ top: direction * pageOf(area.current) });
  const overflows = more.above || more.below;
  return (
    <div className="scroll-frame" data-more={overflows}>
      <section className="scroll-area" ref={area} tabIndex={overflows ? 0 : undefined} aria-label={texts.frame.content}>
        <div className="scroll-content">{children}</div>
      </section>
      {overflows && (
        <div className="scroll-cue">
          <button
            type="button"
            className="button tool"
            data-act="scroll"
            data-value="up"
            disabled={!more.above}
            onClick={() => scroll(-1)}
          >
            <span aria-hidden="true">▲</span> {texts.buttons.scrollUp}
          </button>
          <span className="cue-text">{more.below ? texts.frame.moreBelow : ''}</span>
          <button
            type="button"
            className="button tool"
            data-act="scroll"
            data-value="down"
            disabled={!more.below}
            onClick={() => scroll(1)}
          >
            <span aria-hidden="true">▼</span> {texts.buttons.scrollDown}
          </button>
        </div>
      )}
    </div>
  );
}
