/** 確認できなかったとき: what happened, what to do, and the ways on that fit. */
import { useHeading, useSite } from '../context.ts';
import type { Failure, SiteState } from '../site-state.ts';

/** What another photo, or a hint where the corners are, may mend. */
const photoFaults: readonly Failure['code'][] = ['NOT_FOUND', 'TOO_DAMAGED', 'TOO_SLOW'];
/** A second try may do: `TOO_SLOW` comes of a busy machine as well as of a hard picture. A smaller one helps nobody, the site makes it small itself. */
const passing: readonly Failure['code'][] = ['BUSY', 'TOO_MANY_REQUESTS', 'INTERNAL', 'OFFLINE', 'TOO_SLOW'];
/** A back that was read, and is no genuine one. */
const grave: readonly Failure['code'][] = ['SIGNATURE_INVALID', 'DIGEST_MISMATCH', 'UNKNOWN_KEY'];

export function FailedScreen({ state: { failure, chosen } }: { readonly state: SiteState }) {
  const { texts, send } = useSite();
  const { code, cornersFound } = failure ?? { code: 'INTERNAL' };
  const { title, text } = code === 'OFFLINE' ? texts.failed.offline : texts.errors[code];
  const mayMend = photoFaults.includes(code) ? chosen.back : undefined;
  return (
    <>
      <h1 {...useHeading()}>{texts.failed.heading}</h1>
      <div className="finding" data-grade={grave.includes(code) ? 'bad' : 'unsure'} role="status" data-code={code}>
        <p className="finding-title">{title}</p>
        <p>{text}</p>
        {cornersFound !== undefined && <p>{texts.failed.corners(cornersFound)}</p>}
      </div>
      <p className="buttons">
        {passing.includes(code) && chosen.back && (
          <button type="button" className="main-button" onClick={() => send({ type: 'check' })}>
            {texts.failed.retry}
          </button>
        )}
        {mayMend?.url && (
          <button type="button" onClick={() => send({ type: 'tap' })}>
            {texts.failed.tap}
          </button>
        )}
        {mayMend && !chosen.second && (
          <button type="button" onClick={() => send({ type: 'second' })}>
            {texts.failed.second}
          </button>
        )}
        <button type="button" onClick={() => send({ type: 'change' })}>
          {texts.failed.change}
        </button>
      </p>
    </>
  );
}
