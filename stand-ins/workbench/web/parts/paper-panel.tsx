/** 証明書印刷: the cassette, and the tray into which the sheets come out. */
import type { PrinterView, SheetView, Supply } from '../../src/bench-state.ts';
import { useNext, useTexts } from '../context.ts';
import { perform } from '../use-bench.ts';

interface Props {
  readonly printer: PrinterView;
  readonly tray: readonly SheetView[];
}

export function PaperPanel({ printer, tray }: Props) {
  const texts = useTexts();
  const trouble = troubleOf(printer, texts.paper);
  const next = useNext('take-paper');
  return (
    <section className="panel paper" aria-labelledby="paper-title">
      <h2 id="paper-title">{texts.paper.title}</h2>
      <div className="tray" data-printing={printer.printing || undefined} {...next}>
        <h3>{texts.paper.tray}</h3>
        <span className="exit" aria-hidden="true" />
        {tray.length > 0 ? (
          <ul className="fan">
            {tray.map(({ id }, i) => (
              <li key={id}>
                <img src={`/sheets/${id}/front.png`} alt={texts.desk.sheet(i + 1)} />
              </li>
            ))}
          </ul>
        ) : (
          <p className="quiet">{printer.printing ? texts.paper.printing : texts.paper.trayEmpty}</p>
        )}
        {tray.length > 0 && (
          <button type="button" onClick={() => perform({ deed: 'take-paper' })}>
            {texts.paper.take}
          </button>
        )}
      </div>
      {trouble && <p className="trouble warn">{trouble}</p>}
      <p className="cassette">
        {texts.paper.cassette}
        <Level is={printer.paper} />
        <b className={printer.paper === 'full' ? '' : 'warn'}>{texts.paper.levels[printer.paper]}</b>
      </p>
    </section>
  );
}

function troubleOf(
  { jammed, coverOpen, paper, toner }: PrinterView,
  texts: { readonly jammed: string; readonly coverOpen: string; readonly noPaper: string; readonly noToner: string },
): string | undefined {
  if (jammed) return texts.jammed;
  if (coverOpen) return texts.coverOpen;
  if (paper === 'empty') return texts.noPaper;
  return toner === 'empty' ? texts.noToner : undefined;
}

const bars: Readonly<Record<Supply, number>> = { full: 4, low: 1, empty: 0 };

function Level({ is }: { readonly is: Supply }) {
  return (
    <svg className="level" data-is={is} viewBox="0 0 34 12" aria-hidden="true">
      {[0, 1, 2, 3].map((i) => (
        <rect key={i} x={1 + i * 8} y="1" width="6" height="10" rx="1" data-full={i < bars[is] || undefined} />
      ))}
    </svg>
  );
}
