/** The glass: the kiosk’s own screen in a frame, at its real size and scaled to fit; a tall one where the page is narrow. */
import { useLayoutEffect, useRef, useState } from 'react';
import type { KioskView } from '../../src/bench-state.ts';
import { useNext, useTexts } from '../context.ts';
import { perform } from '../use-bench.ts';
import { PowerIcon } from './icons.tsx';

const sizes = { wide: { width: 1280, height: 1024 }, tall: { width: 1080, height: 1440 } } as const;
const NARROW = matchMedia('(max-width: 40rem)');

export function KioskScreen({ kiosk: { power, screenUrl } }: { readonly kiosk: KioskView }) {
  const texts = useTexts();
  const next = useNext('screen');
  return (
    <section className="glass" aria-label={texts.screen.title} data-power={power} {...next}>
      {power === 'on' && screenUrl ? (
        <Framed url={screenUrl} title={texts.screen.title} />
      ) : (
        <div className="dark">
          {power === 'starting' && <span className="starting" aria-hidden="true" />}
          <p role="status">
            {power === 'starting' ? texts.power.starting : power === 'failed' ? texts.power.failed : texts.power.dark}
          </p>
          {power !== 'starting' && (
            <button type="button" onClick={() => perform({ deed: 'power-on' })}>
              <PowerIcon />
              {texts.power.switchOn}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

function Framed({ url, title }: { readonly url: string; readonly title: string }) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [narrow, setNarrow] = useState(NARROW.matches);
  useLayoutEffect(() => {
    const watcher = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    if (place.current) watcher.observe(place.current);
    const turn = () => setNarrow(NARROW.matches);
    NARROW.addEventListener('change', turn);
    return () => {
      watcher.disconnect();
      NARROW.removeEventListener('change', turn);
    };
  }, []);
  const size = narrow ? sizes.tall : sizes.wide;
  const scale = width / size.width;
  return (
    <div className="pane" ref={place} style={{ height: size.height * scale }}>
      <iframe
        title={title}
        src={url}
        allow=""
        sandbox="allow-scripts allow-same-origin"
        style={{ ...size, transform: `scale(${scale})` }}
      />
    </div>
  );
}
