/** 試す: eye or infrared, photocopies, scans and photographs of one sheet, and the way to the 問い合わせサイト. */
import { useEffect, useId, useRef, useState } from 'react';
import { type BenchState, type CopyMode, copyModes, type SheetView, type WorkView } from '../../src/bench-state.ts';
import type { Deed } from '../../src/deeds.ts';
import { useTexts } from '../context.ts';
import { perform } from '../use-bench.ts';
import type { Showing } from './sheet-picture.tsx';
import { ShotList } from './shot-list.tsx';

interface Props {
  readonly state: BenchState;
  readonly sheet: SheetView;
  readonly showing: Showing;
  readonly onShow: (showing: Showing) => void;
  readonly onTurnTo: (at: number) => void;
}

export function TrialPanel({ state, sheet, showing, onShow, onTurnTo }: Props) {
  const { trials, desk } = useTexts();
  const [mode, setMode] = useState<CopyMode>('text-600');
  const [quality, setQuality] = useState<'good' | 'poor'>('good');
  const id = useId();
  const { work } = state;
  const busy = work !== null && !work.failed;
  // Not `disabled`: the focus would be lost with the first press.
  const start = (deed: Deed) => ({ 'aria-disabled': busy, onClick: () => busy || perform(deed) });
  const look = (wanted: 'eye' | 'infrared') => ({
    'aria-pressed': 'look' in showing && showing.look === wanted,
    onClick: () => onShow({ side: 'look' in showing ? showing.side : 1, look: wanted }),
  });
  const shoot = (camera: 'flatbed' | 'phone') => (
    <button type="button" {...start({ deed: 'shoot-sheet', sheet: sheet.id, camera, quality })}>
      {trials.shoot[camera]}
    </button>
  );
  return (
    <section className="trials" aria-labelledby={`${id}title`}>
      <h4 id={`${id}title`}>{trials.title}</h4>
      <Progress work={work} />
      <fieldset>
        <legend>{trials.looks}</legend>
        <button type="button" {...look('eye')}>
          {trials.eye}
        </button>
        <button type="button" {...look('infrared')}>
          {trials.infrared}
        </button>
      </fieldset>
      <fieldset>
        <legend>{trials.copying}</legend>
        <label htmlFor={`${id}mode`}>{trials.mode}</label>
        <select id={`${id}mode`} value={mode} onChange={({ target }) => setMode(target.value as CopyMode)}>
          {copyModes.map((one) => (
            <option key={one} value={one}>
              {trials.modes[one]}
            </option>
          ))}
        </select>
        <button type="button" {...start({ deed: 'copy-sheet', sheet: sheet.id, mode })}>
          {trials.copy}
        </button>
        {state.taken.map((other, at) =>
          other.copy?.of === sheet.id ? (
            <button key={other.id} type="button" className="plain" onClick={() => onTurnTo(at)}>
              {desk.sheet(at + 1)} — {trials.copyOf(trials.modes[other.copy.mode])}
            </button>
          ) : null,
        )}
      </fieldset>
      <fieldset>
        <legend>{trials.shooting}</legend>
        <label htmlFor={`${id}quality`}>{trials.quality}</label>
        <select
          id={`${id}quality`}
          value={quality}
          onChange={({ target }) => setQuality(target.value as 'good' | 'poor')}
        >
          {(['good', 'poor'] as const).map((one) => (
            <option key={one} value={one}>
              {trials.qualities[one]}
            </option>
          ))}
        </select>
        {shoot('flatbed')}
        {shoot('phone')}
      </fieldset>
      <ShotList state={state} sheet={sheet} onShow={onShow} />
    </section>
  );
}

/** What is going on, and what has just been done, also for whoever cannot see it. */
function Progress({ work }: { readonly work: WorkView | null }) {
  const { trials } = useTexts();
  const last = useRef<WorkView | null>(null);
  const [finished, setFinished] = useState<WorkView['kind']>();
  useEffect(() => {
    if (work) setFinished(undefined);
    else if (last.current && !last.current.failed) setFinished(last.current.kind);
    last.current = work;
  }, [work]);
  const words = () => {
    if (work?.failed) return trials.failed;
    if (work) return trials.working(work.kind, work.done, work.of);
    return finished && trials.finished[finished];
  };
  return (
    <div className="progress">
      <p role="status">{words()}</p>
      {work && !work.failed && <progress value={work.done + 0.5} max={work.of + 0.5} aria-hidden="true" />}
    </div>
  );
}
