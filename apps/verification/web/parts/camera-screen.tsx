/** 撮影: the camera with a guide that looks at a few frames a second. The back is taken by itself when it is well in sight; the button always works. */
import type { CameraHint } from '@machikado/ui';
import { useEffect, useRef, useState } from 'react';
import { lookAt, openCamera, takePhoto } from '../camera.ts';
import { guideOn, type Seen } from '../camera-guide.ts';
import { useHeading, useSite } from '../context.ts';
import type { SiteState } from '../site-state.ts';

const LOOK_MS = 300;

export function CameraScreen({ state: { side } }: { readonly state: SiteState }) {
  const { texts, send } = useSite();
  const video = useRef<HTMLVideoElement>(null);
  const [refused, setRefused] = useState(false);
  const [seen, setSeen] = useState<Seen>();
  const taking = useRef(false);

  const take = async () => {
    if (taking.current || !video.current) return;
    taking.current = true;
    const file = await takePhoto(video.current);
    send({ type: 'chosen', side, picture: { file, url: URL.createObjectURL(file) } });
  };
  const takeNow = useRef(take);
  takeNow.current = take;

  useEffect(() => {
    let ended = false;
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setTimeout>;
    let before: Seen | undefined;
    const look = () => {
      if (ended || taking.current) return;
      const frame = video.current && lookAt(video.current);
      if (frame) {
        before = guideOn(frame, before);
        setSeen(before);
        if (before.hint === 'ready') return void takeNow.current();
      }
      timer = setTimeout(look, LOOK_MS);
    };
    openCamera().then(
      (opened) => {
        stream = opened;
        if (ended || !video.current) return stop(opened);
        video.current.srcObject = opened;
        // A front has no pattern to look for.
        if (side !== 'front') timer = setTimeout(look, LOOK_MS);
      },
      () => setRefused(true),
    );
    return () => {
      ended = true;
      clearTimeout(timer);
      if (stream) stop(stream);
    };
  }, [side]);

  const hint: CameraHint = seen?.hint ?? 'searching';
  return (
    <div className="camera">
      <h1 {...useHeading()}>{texts.camera.heading(texts.start.sides[side])}</h1>
      <p className="hint" role="status" data-hint={side === 'front' ? 'front' : hint}>
        {refused ? texts.camera.refused : side === 'front' ? texts.camera.frontHint : texts.camera.hints[hint]}
      </p>
      {!refused && (
        <div className="view">
          <video ref={video} autoPlay playsInline muted aria-label={texts.camera.view} />
          <span className="frame" aria-hidden="true" data-corners={seen?.corners.length ?? 0} />
        </div>
      )}
      <p className="buttons">
        {!refused && (
          <button type="button" className="main-button" onClick={() => void take()}>
            {texts.camera.capture}
          </button>
        )}
        <button type="button" onClick={() => send({ type: 'change' })}>
          {texts.camera.cancel}
        </button>
      </p>
    </div>
  );
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
