/** 四隅の指定: four marks on the photo, moved by finger, mouse or arrow keys. */
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useHeading, useSite } from '../context.ts';
import type { Corners, SiteState } from '../site-state.ts';

/** Where the pattern is on an A4 page that fills the picture. */
const FIRST: Corners = [
  [0.075, 0.055],
  [0.925, 0.055],
  [0.925, 0.82],
  [0.075, 0.82],
];
const STEP = 0.005;
const LEAP = 0.05;
const ways: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const inside = (share: number) => Math.min(1, Math.max(0, share));

export function TappingScreen({ state: { chosen, corners: before } }: { readonly state: SiteState }) {
  const { texts, send } = useSite();
  const { tapping } = texts;
  const [corners, setCorners] = useState<Corners>(before ?? FIRST);
  const [moved, setMoved] = useState<number>();
  const picture = useRef<HTMLDivElement>(null);

  const move = (n: number, [x, y]: readonly [number, number]) => {
    setCorners((now) => now.map((corner, i) => (i === n ? [inside(x), inside(y)] : corner)));
    setMoved(n);
  };
  const onKeyDown = (n: number) => (event: KeyboardEvent) => {
    const way = ways[event.key];
    const [x, y] = corners[n] ?? [0, 0];
    if (!way) return;
    event.preventDefault();
    const step = event.shiftKey ? LEAP : STEP;
    move(n, [x + way[0] * step, y + way[1] * step]);
  };
  const onPointerMove = (n: number) => (event: PointerEvent) => {
    const box = picture.current?.getBoundingClientRect();
    if (!box || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    move(n, [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]);
  };
  const where = ([x, y]: readonly [number, number]) => tapping.at(Math.round(x * 1000) / 10, Math.round(y * 1000) / 10);
  const last = moved === undefined ? undefined : corners[moved];
  return (
    <>
      <h1 {...useHeading()}>{tapping.heading}</h1>
      <p>{tapping.text}</p>
      <div className="tapping" ref={picture}>
        {chosen.back?.url && <img src={chosen.back.url} alt={tapping.picture} draggable={false} />}
        {corners.map((corner, n) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: the four corners of a sheet never change their order.
            key={n}
            type="button"
            className="corner"
            style={{ left: `${corner[0] * 100}%`, top: `${corner[1] * 100}%` }}
            aria-label={`${tapping.corners[n]}: ${where(corner)}`}
            onKeyDown={onKeyDown(n)}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={onPointerMove(n)}
          />
        ))}
      </div>
      <p className="unseen" role="status">
        {last && moved !== undefined && `${tapping.corners[moved]}: ${where(last)}`}
      </p>
      <p className="buttons">
        <button type="button" className="main-button" onClick={() => send({ type: 'check', corners })}>
          {tapping.check}
        </button>
        <button type="button" onClick={() => send({ type: 'change' })}>
          {tapping.cancel}
        </button>
      </p>
    </>
  );
}
