/** A button of the table: enabled exactly when the table lets it be pressed. */
import type { ReactNode } from 'react';
import type { ButtonName } from '../buttons.ts';
import { useGlass } from '../glass.tsx';
import { CheckMark } from './pictures.tsx';

export interface PressButtonProps {
  readonly act: ButtonName;
  readonly value?: string;
  readonly look: 'primary' | 'secondary' | 'choice' | 'key' | 'tool';
  /** For a choice: whether it is the chosen one. */
  readonly chosen?: boolean;
  /** More than one of the choices can be chosen. */
  readonly many?: boolean;
  readonly label?: string;
  readonly lang?: string;
  readonly children: ReactNode;
}

export function PressButton({ act, value, look, chosen, many = false, label, lang, children }: PressButtonProps) {
  const { press, can } = useGlass();
  return (
    <button
      type="button"
      className={`button ${look}`}
      data-act={act}
      data-value={act === 'digit' ? undefined : value}
      aria-pressed={chosen}
      aria-label={label}
      lang={lang}
      disabled={!can(act, value)}
      onClick={() => press(act, value)}
    >
      {look === 'choice' && chosen !== undefined && <CheckMark checked={chosen} many={many} />}
      {children}
    </button>
  );
}
