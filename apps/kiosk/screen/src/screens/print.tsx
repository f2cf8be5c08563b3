/** ⑫ 証明書印刷: true progress, sheet by sheet, and what the printer waits for. */
import type { SheetState } from '@machikado/protocol';
import { useGlass } from '../glass.tsx';
import { Note } from '../parts/note.tsx';
import { Printing, Working } from '../parts/pictures.tsx';
import { ScreenFrame } from '../parts/screen-frame.tsx';
import { sceneOf } from '../screen-context.ts';

export function PrintScreen() {
  const { texts, context } = useGlass();
  const scene = sceneOf('print', context);
  if (!scene) return null;
  const { sheets, waitsFor } = scene;
  const seen = (state: SheetState) => (waitsFor && state === 'printing' ? 'stopped' : state);
  const out = sheets.filter(({ state }) => state === 'out').length;
  return (
    <ScreenFrame
      heading={waitsFor ? texts.print.waiting : texts.headings.print}
      tone={waitsFor ? 'attention' : 'calm'}
      lead={texts.print.progress(out, sheets.length)}
    >
      <div className="print">
        <div className="stack centered">
          <progress value={out} max={sheets.length} aria-label={texts.print.progress(out, sheets.length)} />
          {waitsFor ? (
            <Note kind="attention" title={texts.status.faults[waitsFor]}>
              <p>{texts.status.callStaff}</p>
            </Note>
          ) : (
            <>
              <Printing />
              <Working />
              <p className="large">{texts.print.wait}</p>
            </>
          )}
        </div>
        <ul className="sheets">
          {sheets.map(({ copy, sheet, state }) => (
            <li key={`${copy}/${sheet}`} className={`sheet ${seen(state)}`}>
              <span>{texts.print.sheet(copy, sheet)}</span>
              <span className="sheet-state">{texts.print.states[seen(state)]}</span>
            </li>
          ))}
        </ul>
      </div>
    </ScreenFrame>
  );
}
