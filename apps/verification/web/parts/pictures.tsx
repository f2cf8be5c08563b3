/** 復号画像とおもて面: side by side with the places that differ marked on both, and the same places as a list for who does not see them. */
import type { Difference, ShownPicture, SiteAnswer } from '@machikado/protocol';
import { Fragment, useState } from 'react';
import { useObjectUrl, useSite } from '../context.ts';

const MM_PER_INCH = 25.4;
/** More would help nobody. */
const LISTED = 30;

export function Pictures({ answer: { picture, comparison } }: { readonly answer: SiteAnswer }) {
  const { texts } = useSite();
  const [large, setLarge] = useState(false);
  const page = {
    wMm: (picture.width / picture.dpi) * MM_PER_INCH,
    hMm: (picture.height / picture.dpi) * MM_PER_INCH,
  };
  const differences = comparison?.differences.slice(0, LISTED) ?? [];
  const marks = { page, differences, large };
  return (
    <section aria-labelledby="pictures">
      <h2 id="pictures">{texts.pictures.heading}</h2>
      {comparison && <p>{texts.pictures.compared(comparison.comparedPercent)}</p>}
      <p>
        <button type="button" aria-pressed={large} onClick={() => setLarge(!large)}>
          {large ? texts.pictures.smaller : texts.pictures.larger}
        </button>
      </p>
      <div className="pictures" data-large={large}>
        <Marked picture={picture} caption={texts.pictures.sealed} {...marks} />
        {comparison?.front && <Marked picture={comparison.front} caption={texts.pictures.front} {...marks} />}
      </div>
      {comparison && differences.length > 0 && (
        <Differences all={comparison.differences.length} differences={differences} />
      )}
    </section>
  );
}

interface MarkedProps {
  readonly picture: ShownPicture;
  readonly caption: string;
  readonly page: { readonly wMm: number; readonly hMm: number };
  readonly differences: readonly Difference[];
  readonly large: boolean;
}

function Marked({ picture, caption, page, differences, large }: MarkedProps) {
  const url = useObjectUrl(() => blobOf(picture));
  return (
    <figure>
      <figcaption>{caption}</figcaption>
      <div className="paper" tabIndex={large ? 0 : -1}>
        <div className="sheet">
          {url && <img src={url} alt={caption} width={picture.width} height={picture.height} />}
          {differences.map(({ xMm, yMm, wMm, hMm, kind }, i) => {
            const [left, top] = [share(xMm, page.wMm), share(yMm, page.hMm)];
            const size = { width: share(wMm, page.wMm), height: share(hMm, page.hMm) };
            return (
              <Fragment key={`${xMm} ${yMm}`}>
                <span className="mark" data-kind={kind} aria-hidden="true" style={{ left, top, ...size }} />
                <b className="mark-number" aria-hidden="true" style={{ left, top }}>
                  {i + 1}
                </b>
              </Fragment>
            );
          })}
        </div>
      </div>
    </figure>
  );
}

const share = (mm: number, ofMm: number) => `${(mm / ofMm) * 100}%`;

function Differences({ all, differences }: { readonly all: number; readonly differences: readonly Difference[] }) {
  const { differences: words } = useSite().texts;
  const left = all - differences.length;
  return (
    <>
      <h3>{words.heading(all)}</h3>
      <ol className="differences">
        {differences.map(({ xMm, yMm, kind }, i) => (
          <li key={`${xMm} ${yMm}`}>{words.item(i + 1, words.kinds[kind], Math.round(yMm), Math.round(xMm))}</li>
        ))}
      </ol>
      {left > 0 && <p>{words.more(left)}</p>}
    </>
  );
}

function blobOf({ type, base64 }: ShownPicture): Blob {
  return new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type });
}
