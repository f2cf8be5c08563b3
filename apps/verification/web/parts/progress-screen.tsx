/** 確認中: nothing to do but wait, or give up. */
import { useHeading, useSite } from '../context.ts';

export function ProgressScreen() {
  const { texts, send } = useSite();
  return (
    <div className="progress">
      <h1 {...useHeading()}>{texts.progress.title}</h1>
      <p role="status">{texts.progress.text}</p>
      <progress aria-label={texts.progress.title} />
      <p>
        <button type="button" onClick={() => send({ type: 'change' })}>
          {texts.progress.cancel}
        </button>
      </p>
    </div>
  );
}
