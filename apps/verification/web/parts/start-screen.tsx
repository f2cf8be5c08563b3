/** 画像の選択: the back, the front if it shall be compared, and a second photo of the back when one was not enough. */
import { type FormEvent, useState } from 'react';
import { useHeading, useSite } from '../context.ts';
import type { Side, SiteState } from '../site-state.ts';
import { MyNumberWarning, Proofs } from './explanations.tsx';

/** Without HEIC on the list, a phone that takes HEIC hands over JPEG. */
const TYPES = 'image/jpeg,image/png,image/tiff,image/webp,application/pdf,.tif,.tiff';
const SHOWN = /^image\/(jpeg|png|webp)$/;

export function StartScreen({ state: { chosen, wantsSecond } }: { readonly state: SiteState }) {
  const { texts, send } = useSite();
  const [asked, setAsked] = useState(false);
  const sides: readonly Side[] = wantsSecond ? ['back', 'second', 'front'] : ['back', 'front'];
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen.back) send({ type: 'check' });
    else setAsked(true);
  };
  return (
    <>
      <h1 {...useHeading()}>{texts.start.heading}</h1>
      <p className="lead">{texts.start.lead}</p>
      <form onSubmit={onSubmit}>
        <div className="sides">
          {sides.map((side) => (
            <SidePicker key={side} side={side} state={{ chosen }} />
          ))}
        </div>
        <p className="quiet">{texts.start.formats}</p>
        <p className="missing" role="alert">
          {asked && !chosen.back ? texts.start.needBack : ''}
        </p>
        <p>
          <button type="submit" className="main-button">
            {texts.start.check}
          </button>
        </p>
        <p className="privacy">{texts.start.privacy}</p>
      </form>
      <MyNumberWarning />
      <Proofs />
    </>
  );
}

function SidePicker({ side, state: { chosen } }: { readonly side: Side; readonly state: Pick<SiteState, 'chosen'> }) {
  const { texts, send } = useSite();
  const name = texts.start.sides[side];
  const picture = chosen[side];
  const choose = (file: File | undefined) => {
    if (!file) return;
    const url = SHOWN.test(file.type) ? { url: URL.createObjectURL(file) } : {};
    send({ type: 'chosen', side, picture: { file, name: file.name, ...url } });
  };
  const remove = () => {
    if (picture?.url) URL.revokeObjectURL(picture.url);
    send({ type: 'removed', side });
  };
  return (
    <section className="side" aria-labelledby={`side-${side}`}>
      <h2 id={`side-${side}`}>{texts.start[side].title}</h2>
      <p>{texts.start[side].text}</p>
      <p className="chosen" role="status">
        {picture && (
          <>
            {picture.url && <img src={picture.url} alt="" />}
            <span>{texts.start.chosen(name, picture.name ?? texts.start.photo)}</span>
          </>
        )}
      </p>
      <p className="buttons">
        {'mediaDevices' in navigator && (
          <button type="button" onClick={() => send({ type: 'camera', side })}>
            {texts.start.photograph(name)}
          </button>
        )}
        <label className="button">
          <input
            type="file"
            className="unseen"
            accept={TYPES}
            data-side={side}
            onChange={({ target }) => choose(target.files?.[0])}
          />
          {texts.start.choose(name)}
        </label>
        {picture && (
          <button type="button" className="plain" onClick={remove}>
            {texts.start.remove(name)}
          </button>
        )}
      </p>
    </section>
  );
}
