/** A sheet in the hands: front and back, the next and the one before, also by arrow keys; and what can be tried with it. */
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import type { BenchState } from '../../src/bench-state.ts';
import { useTexts } from '../context.ts';
import { ArrowIcon, CloseIcon } from './icons.tsx';
import { SheetPicture, type Showing } from './sheet-picture.tsx';
import { TrialPanel } from './trial-panel.tsx';

interface Props {
  readonly state: BenchState;
  readonly at: number;
  readonly onTurnTo: (at: number) => void;
  readonly onClose: () => void;
}

export function SheetDialog({ state, at, onTurnTo, onClose }: Props) {
  const { desk, trials } = useTexts();
  const sheets = state.taken;
  const dialog = useRef<HTMLDialogElement>(null);
  const [showing, setShowing] = useState<Showing>({ side: 1, look: 'eye' });
  // Closed before it leaves the page: the focus goes back to the sheet that was pressed.
  useLayoutEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    return () => opened?.close();
  }, []);
  const sheet = sheets[at];
  if (!sheet) return null;
  const show = (to: number) => {
    if (!sheets[to]) return;
    setShowing({ side: 1, look: 'eye' });
    onTurnTo(to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Lists use these keys themselves.
    if (event.target instanceof HTMLSelectElement) return;
    if (event.key === 'ArrowRight') show(at + 1);
    else if (event.key === 'ArrowLeft') show(at - 1);
  };
  const turn = (side: 1 | 2) => setShowing({ side, look: 'look' in showing ? showing.look : 'eye' });
  const isShown = (side: 1 | 2) => 'look' in showing && showing.side === side;
  return (
    <dialog
      ref={dialog}
      className="sheet-dialog"
      aria-label={desk.sheet(at + 1)}
      onClose={onClose}
      onKeyDown={onKeyDown}
    >
      <div className="dialog-tools">
        <h3>
          {desk.sheet(at + 1)}
          <small>
            {' '}
            / {sheets.length}
            {sheet.copy && ` — ${trials.copyOf(trials.modes[sheet.copy.mode])}`}
          </small>
        </h3>
        <button type="button" aria-pressed={isShown(1)} onClick={() => turn(1)}>
          {desk.front}
        </button>
        <button type="button" aria-pressed={isShown(2)} onClick={() => turn(2)}>
          {desk.back}
        </button>
        {sheets.length > 1 && (
          <>
            <button type="button" className="to-left" disabled={at === 0} onClick={() => show(at - 1)}>
              <ArrowIcon />
              <span className="unseen">{desk.previous}</span>
            </button>
            <button type="button" disabled={at === sheets.length - 1} onClick={() => show(at + 1)}>
              <ArrowIcon />
              <span className="unseen">{desk.next}</span>
            </button>
          </>
        )}
        <button type="button" className="shut" onClick={onClose}>
          <CloseIcon />
          <span className="unseen">{desk.close}</span>
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling picture must be reachable by keyboard. */}
      <div className="under-glass" tabIndex={0}>
        <SheetPicture sheet={sheet} showing={showing} />
      </div>
      <TrialPanel key={sheet.id} state={state} sheet={sheet} showing={showing} onShow={setShowing} onTurnTo={show} />
    </dialog>
  );
}
