/** 正直な状態: which thing does not work, why, and until when; before PIN and money. */
import type { MachineStatus, StatusReply } from '@machikado/protocol';
import { useGlass } from '../glass.tsx';
import { timeInJapan } from '../honest-status.ts';
import { Note } from './note.tsx';
import { TownNameInLine } from './place-name.tsx';

export function MachineState({ machine }: { machine: MachineStatus }) {
  const { texts } = useGlass();
  const { faults, warnings } = texts.status;
  return (
    <>
      {machine.faults.length > 0 && (
        <Note kind="attention" title={machine.faults.map((fault) => faults[fault]).join(' ')}>
          <p>{texts.status.callStaff}</p>
        </Note>
      )}
      {machine.warnings.map((warning) => (
        <Note key={warning} kind="info" title={warnings[warning]} />
      ))}
    </>
  );
}

export function CenterState({ status }: { status: StatusReply | null }) {
  const { texts } = useGlass();
  const from = useFrom(status);
  if (!status) return <Note kind="attention" title={texts.status.centerAway} />;
  if (status.open) return null;
  return (
    <Note kind="attention" title={texts.status.centerClosed}>
      <p>{from(status.opensAt)}</p>
    </Note>
  );
}

/** Every kind that a participating town does not issue now. */
export function TownStates({ status }: { status: StatusReply }) {
  const { texts } = useGlass();
  const from = useFrom(status);
  const shut = status.municipalities.flatMap(({ lgCode, name, kinds }) =>
    kinds.filter(({ open }) => !open).map((kind) => ({ ...kind, lgCode, name })),
  );
  if (!status.open || shut.length === 0) return null;
  return (
    <Note kind="info" title={texts.status.title}>
      <ul className="states">
        {shut.map(({ lgCode, name, kind, reason, opensAt }) => (
          <li key={lgCode + kind}>
            <TownNameInLine town={{ lgCode, name }} />{' '}
            {texts.status.shut(texts.choose.kinds[kind].title, texts.status.reasons[reason ?? 'unavailable'])}{' '}
            {from(opensAt)}
          </li>
        ))}
      </ul>
    </Note>
  );
}

/** 「…からご利用いただけます」, where the time is known. */
export function useFrom(status: StatusReply | null): (opensAt: string | undefined) => string {
  const { texts, language } = useGlass();
  return (opensAt) =>
    opensAt && status ? texts.status.from(timeInJapan(opensAt, status.businessTime, language, texts.status.today)) : '';
}
