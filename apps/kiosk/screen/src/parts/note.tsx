/** お知らせ: a framed message. Its sign and its frame say how urgent it is, not its colour alone. */
import type { ReactNode } from 'react';
import { Sign } from './pictures.tsx';

interface NoteProps {
  readonly kind: 'attention' | 'info' | 'well';
  readonly title?: ReactNode;
  readonly children?: ReactNode;
}

export function Note({ kind, title, children }: NoteProps) {
  return (
    <div className={`note ${kind}`}>
      <Sign kind={kind} />
      <div className="note-text">
        {title && <p className="note-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}
