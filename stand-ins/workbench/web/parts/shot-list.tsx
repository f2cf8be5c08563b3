/** The scans and photographs of a sheet, newest first: to look at, to save, to send on. */
import type { BenchState, SheetView, ShotView } from '../../src/bench-state.ts';
import { useTexts } from '../context.ts';
import { SendForm } from './send-form.tsx';
import type { Showing } from './sheet-picture.tsx';

interface Props {
  readonly state: BenchState;
  readonly sheet: SheetView;
  readonly onShow: (showing: Showing) => void;
}

export function ShotList({ state, sheet, onShow }: Props) {
  const { trials, desk } = useTexts();
  const mine = state.shots.filter((shot) => shot.sheet === sheet.id);
  if (mine.length === 0) return null;
  const groups = [...new Set(mine.map(({ group }) => group))].reverse();
  const sideOf = ({ side }: ShotView) => (side === 2 ? desk.back : desk.front);
  return (
    <fieldset className="shots">
      <legend>{trials.shots}</legend>
      <ul>
        {groups.map((group) => {
          const shots = mine.filter((shot) => shot.group === group);
          return (
            <li key={group}>
              {shots.map((shot) => {
                const name = trials.shot(shot.camera, trials.qualities[shot.quality], sideOf(shot));
                return (
                  <p key={shot.id}>
                    <button type="button" onClick={() => onShow({ shot: shot.id, name })}>
                      <img src={`/shots/${shot.id}.jpg`} alt={name} />
                    </button>
                    <a href={`/shots/${shot.id}.jpg`} download={`${shot.side === 2 ? 'back' : 'front'}.jpg`}>
                      {trials.save(sideOf(shot))}
                    </a>
                  </p>
                );
              })}
              {state.verificationUrl && <SendForm url={state.verificationUrl} shots={shots} />}
            </li>
          );
        })}
      </ul>
      <p className="quiet">{state.verificationUrl ? trials.sendNote : trials.noSite}</p>
    </fieldset>
  );
}
