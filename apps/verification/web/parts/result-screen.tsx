/** 回答: the gravest finding first, then facts, pictures, places that differ, what it all proves, and the record for the file. */
import type { SiteAnswer } from '@machikado/protocol';
import type { Finding } from '@machikado/ui';
import { useHeading, useSite, useTime } from '../context.ts';
import type { SiteState } from '../site-state.ts';
import { MyNumberWarning, Proofs } from './explanations.tsx';
import { Pictures } from './pictures.tsx';
import { ReportPart } from './report-part.tsx';

const grades: Readonly<Record<Finding, 'good' | 'bad' | 'unsure'>> = {
  same: 'good',
  'not-compared': 'unsure',
  'cannot-tell': 'unsure',
  differs: 'bad',
  cancelled: 'bad',
};

function findingOf({ cancellation, comparison }: SiteAnswer): Finding {
  if (cancellation.state === 'cancelled') return 'cancelled';
  return comparison?.verdict ?? 'not-compared';
}

export function ResultScreen({ state: { answer } }: { readonly state: SiteState }) {
  const { texts, send } = useSite();
  const heading = useHeading();
  if (!answer) return null;
  const finding = findingOf(answer);
  const { title, text } = texts.findings[finding];
  const doubt = answer.comparison?.doubt;
  return (
    <>
      <div className="on-screen">
        <div className="finding" data-grade={grades[finding]} data-finding={finding}>
          <h1 {...heading}>{title}</h1>
          <p>{text}</p>
          {doubt && <p>{texts.doubts[doubt]}</p>}
        </div>
        <Facts answer={answer} />
        <Pictures answer={answer} />
        <MyNumberWarning />
        <Proofs />
      </div>
      <ReportPart answer={answer} />
      <p className="buttons on-screen">
        <button type="button" className="main-button" onClick={() => send({ type: 'again' })}>
          {texts.again}
        </button>
      </p>
    </>
  );
}

export function Facts({ answer: { facts, cancellation } }: { readonly answer: SiteAnswer }) {
  const { facts: words } = useSite().texts;
  const time = useTime();
  const { municipality, lgCode, issueNumber, issuedAt, sheet, of, orderReference } = facts;
  const list = cancellation.listIssuedAt && words.listOf(time(cancellation.listIssuedAt));
  const rows: readonly (readonly [string, string])[] = [
    [words.municipality, municipality ? `${municipality} (${lgCode})` : lgCode],
    [words.issueNumber, issueNumber],
    [words.issuedAt, time(issuedAt)],
    [words.sheet, words.sheetOf(sheet, of)],
    [words.orderReference, orderReference],
    [words.signature, words.signatureValid],
    [words.cancellation, [words.cancellations[cancellation.state], list && `(${list})`].filter(Boolean).join(' ')],
  ];
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{words.heading}</h2>
      <dl className="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
