/** 証明書印刷: the cassette, and the tray into which the sheets come out. */
import type { WorkbenchTexts } from '@machikado/ui';
import type { PrinterView, SheetView, Supply } from '../../src/bench-state.ts';
import type { Deed } from '../../src/deeds.ts';
import { useNext, useTexts } from '../context.ts';
import { TakeButton } from './take-button.tsx';

interface Props {
  readonly printer: PrinterView;
  readonly tray: readonly SheetView[];
}

export function PaperPanel({ printer, tray }: Props) {
  const texts = useTexts();
  const trouble = troubleOf(printer);
  const repair = useNext('repair');
  const next = useNext('take-paper');
  return (
    <section className="panel paper" tabIndex={-1} aria-labelledby="paper-title">
      <h2 id="paper-title">{texts.paper.title}</h2>
      <div className="tray" data-printing={(printer.printing && !trouble) || undefined} {...next}>
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
          <p className="quiet">{printer.printing && !trouble ? texts.paper.printing : texts.paper.trayEmpty}</p>
        )}
        {tray.length > 0 && <TakeButton deed={{ deed: 'take-paper' }}>{texts.paper.take}</TakeButton>}
      </div>
      {trouble && (
        <p className="trouble">
          <b className="warn">{texts.paper.troubles[trouble]}</b>
          <TakeButton deed={repairs[trouble]} {...repair}>
            {texts.faults.repair}
          </TakeButton>
        </p>
      )}
      <p className="cassette">
        {texts.paper.cassette}
        <Level is={printer.paper} />
        <b className={printer.paper === 'full' ? '' : 'warn'}>{texts.paper.levels[printer.paper]}</b>
      </p>
    </section>
  );
}

type Trouble = keyof WorkbenchTexts['paper']['troubles'];

const repairs: Readonly<Record<Trouble, Deed>> = {
  jammed: { deed: 'clear-jam' },
  coverOpen: { deed: 'cover', open: false },
  noPaper: { deed: 'paper', is: 'full' },
  noToner: { deed: 'toner', is: 'full' },
};

function troubleOf({ jammed, coverOpen, paper, toner }: PrinterView): Trouble | undefined {
  if (jammed) return 'jammed';
  if (coverOpen) return 'coverOpen';
  if (paper === 'empty') return 'noPaper';
  return toner === 'empty' ? 'noToner' : undefined;
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
