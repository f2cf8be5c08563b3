/** A form of the 問い合わせサイト with the pictures of both sides already in it; its answer opens in a new tab. */
import { useEffect, useRef, useState } from 'react';
import type { ShotView } from '../../src/bench-state.ts';
import { useTexts } from '../context.ts';

interface Props {
  readonly url: string;
  readonly shots: readonly ShotView[];
}

const fieldOf = ({ side }: ShotView) => (side === 2 ? 'back' : 'front');

export function SendForm({ url, shots }: Props) {
  const { trials } = useTexts();
  const form = useRef<HTMLFormElement>(null);
  const [filled, setFilled] = useState(false);
  // Each state of the bench brings them anew; they stay the same.
  const [pictures] = useState(shots);
  useEffect(() => {
    const over = new AbortController();
    fill(form.current, pictures, over.signal).then(
      () => setFilled(true),
      () => undefined,
    );
    return () => over.abort();
  }, [pictures]);
  return (
    <form ref={form} action={url} method="post" encType="multipart/form-data" target="_blank" rel="noopener">
      {pictures.map((shot) => (
        <input key={shot.id} type="file" name={fieldOf(shot)} hidden />
      ))}
      <button type="submit" disabled={!filled}>
        {trials.send}
      </button>
    </form>
  );
}

async function fill(form: HTMLFormElement | null, shots: readonly ShotView[], signal: AbortSignal): Promise<void> {
  for (const shot of shots) {
    const field = form?.elements.namedItem(fieldOf(shot));
    const picture = await (await fetch(`/shots/${shot.id}.jpg`, { signal })).blob();
    if (!(field instanceof HTMLInputElement)) continue;
    const files = new DataTransfer();
    files.items.add(new File([picture], `${fieldOf(shot)}.jpg`, { type: 'image/jpeg' }));
    field.files = files.files;
  }
}
