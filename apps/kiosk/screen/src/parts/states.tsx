/** 正直な状態: which thing does not work, why, and until when; before PIN and money. */
import type { MachineStatus, StatusReply } from '@machikado/protocol';
import { sentenceFor } from '@machikado/ui';
import { useGlass } from '../glass.tsx';
import { type ShutRow, shutKinds, timeInJapan } from '../honest-status.ts';
import { Note } from './note.tsx';
import { TownNameInLine } from './place-name.tsx';

export function MachineState({ machine }: { machine: MachineStatus }) {
  const { texts } = useGlass();
  const { faults, warnings } = texts.status;
  const [only, ...others] = machine.faults;
  return (
    <>
      {only && others.length === 0 && (
        <Note kind="attention" title={faults[only]}>
          <p>{texts.status.callStaff}</p>
        </Note>
      )}
      {others.length > 0 && (
        <Note kind="attention" title={texts.status.callStaff}>
          <ul className="states">
            {machine.faults.map((fault) => (
              <li key={fault}>{faults[fault]}</li>
            ))}
          </ul>
        </Note>
      )}
      {machine.warnings.map((warning) => (
        <Note key={warning} kind="info" title={warnings[warning]} />
      ))}
    </>
  );
}

export function CenterState({ status }: { status: StatusReply | null }) {
  const { texts, language } = useGlass();
  const from = useFrom(status);
  if (!status) return <Note kind="attention" title={texts.status.centerAway} />;
  if (status.open) return null;
  // Nobody is let in: the very sentence with which a login would end.
  if (status.reason) return <Note kind="attention" title={sentenceFor('REVOCATION_STATUS_UNAVAILABLE', language)} />;
  return (
    <Note kind="attention" title={texts.status.centerClosed}>
      <p>{from(status.opensAt)}</p>
    </Note>
  );
}

/** What participating towns do not issue now; where they are many, the list of towns says the rest. */
export function TownStates({ status }: { status: StatusReply }) {
  const { texts } = useGlass();
  const from = useFrom(status);
  const { rows, count, more } = shutKinds(status);
  if (!status.open || count === 0) return null;
  const titlesOf = ({ kinds, all }: ShutRow) =>
    all ? texts.status.allKinds : kinds.map((kind) => texts.choose.kinds[kind].title).join(texts.frame.comma);
  return (
    <Note kind="info" title={texts.status.shutCount(count)}>
      <ul className="states">
        {rows.map((row) => (
          <li key={row.lgCode + row.kinds[0]}>
            <TownNameInLine town={row} />{' '}
            {texts.status.shut(titlesOf(row), texts.status.reasons[row.reason ?? 'unavailable'])} {from(row.opensAt)}
          </li>
        ))}
      </ul>
      {more > 0 && <p>{texts.status.shutMore(more)}</p>}
    </Note>
  );
}

/** 「…からご利用いただけます」, where the time is known. */
export function useFrom(status: StatusReply | null): (opensAt: string | undefined) => string {
  const { texts, language } = useGlass();
  return (opensAt) =>
    opensAt && status ? texts.status.from(timeInJapan(opensAt, status.businessTime, language, texts.status.today)) : '';
}
