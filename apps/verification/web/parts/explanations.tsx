/** 注意書き: what each feature of the paper proves and what not, and the standing warning about sheets with a 個人番号: the site reads no content. */
import { useSite } from '../context.ts';

export function Proofs() {
  const { proofs } = useSite().texts;
  return (
    <section className="proofs" aria-labelledby="proofs">
      <h2 id="proofs">{proofs.heading}</h2>
      {[proofs.scramble, proofs.copyWarning, proofs.latent].map(({ name, proves, not }) => (
        <div key={name} className="proof">
          <h3>{name}</h3>
          <dl>
            <dt>{proofs.proves}</dt>
            <dd>{proves}</dd>
            <dt>{proofs.not}</dt>
            <dd>{not}</dd>
          </dl>
        </div>
      ))}
    </section>
  );
}

export function MyNumberWarning() {
  const { myNumber } = useSite().texts;
  return (
    <aside className="warning" aria-label={myNumber.title}>
      <b>{myNumber.title}</b>
      <p>{myNumber.text}</p>
    </aside>
  );
}
