/** 確認結果の記録: to save as it was signed, and to print. What is printed is read from the signed record itself. */
import type { SiteAnswer, VerificationReport } from '@machikado/protocol';
import { useObjectUrl, useSite, useTime } from '../context.ts';

export function ReportPart({ answer }: { readonly answer: SiteAnswer }) {
  const { report: words, facts: names } = useSite().texts;
  const time = useTime();
  const url = useObjectUrl(() => new Blob([answer.report], { type: 'application/jose' }));
  const report = payloadOf(answer.report);
  const { facts, cancellation, keys, picture } = report;
  const list = cancellation.listIssuedAt && names.listOf(time(cancellation.listIssuedAt));
  const rows: readonly (readonly [string, string])[] = [
    [names.checkedAt, time(report.checkedAt)],
    [words.verdict, words.verdicts[report.verdict]],
    [names.municipality, [answer.facts.municipality, facts.lgCode].filter(Boolean).join(' ')],
    [names.issueNumber, facts.issueNumber],
    [names.issuedAt, time(facts.issuedAt)],
    [names.sheet, names.sheetOf(facts.sheet, facts.of)],
    [names.orderReference, facts.orderReference],
    [names.signature, names.signatureValid],
    [names.cancellation, [names.cancellations[cancellation.state], list].filter(Boolean).join(' — ')],
    [words.keys, `${keys.encryption}, ${keys.signing}`],
    [words.files, report.files.map(({ sha256 }) => sha256).join(' ')],
    [words.picture, picture.sha256],
  ];
  return (
    <section className="report" aria-labelledby="report">
      <h2 id="report">{words.heading}</h2>
      <p className="on-screen">{words.text}</p>
      <p className="buttons on-screen">
        <a className="button" href={url} download={`verification-${facts.issueNumber}.jws`}>
          {words.download}
        </a>
        <button type="button" onClick={() => window.print()}>
          {words.print}
        </button>
      </p>
      <dl className="facts on-paper">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{words.signed}</dt>
          <dd className="signed">{answer.report}</dd>
        </div>
      </dl>
    </section>
  );
}

function payloadOf(jws: string): VerificationReport {
  const payload = jws.split('.')[1] ?? '';
  return JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/')));
}
