/** Line drawings of what hands have to do; each says nothing that the words beside it do not say. */
import type { ReactNode } from 'react';

function Picture({ children }: { children: ReactNode }) {
  return (
    <svg className="picture" viewBox="0 0 240 160" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

const Card = ({ x, y }: { x: number; y: number }) => (
  <g transform={`translate(${x} ${y})`}>
    <rect className="card" width="84" height="54" rx="6" />
    <rect className="soft" x="10" y="12" width="18" height="15" rx="3" />
    <path className="thin" d="M10 38h40M10 45h28M58 14h16v20H58z" />
  </g>
);

const Tray = () => <path className="line" d="M40 118h160l14 26H26z" />;

export const LayDownCard = () => (
  <Picture>
    <Tray />
    <Card x={78} y={14} />
    <path className="arrow" d="M120 78v30m-12-12 12 12 12-12" />
  </Picture>
);

export const CardLies = () => (
  <Picture>
    <Tray />
    <Card x={78} y={62} />
    <path className="thin" d="M96 46a34 34 0 0 1 48 0M106 32a50 50 0 0 1 28 0" />
  </Picture>
);

export const TakeCard = () => (
  <Picture>
    <Tray />
    <Card x={78} y={52} />
    <path className="arrow" d="M120 44V10m-12 12 12-12 12 12" />
  </Picture>
);

export const Coins = () => (
  <Picture>
    <path className="line" d="M70 120h100v26H70zM104 133h32" />
    <circle className="card" cx="120" cy="42" r="28" />
    <path className="thin" d="M108 28l12 16 12-16M120 44v18M108 50h24M108 57h24" />
    <path className="arrow" d="M120 78v30m-12-12 12 12 12-12" />
  </Picture>
);

const Sheet = ({ x, y }: { x: number; y: number }) => (
  <g transform={`translate(${x} ${y})`}>
    <path className="card" d="M0 0h64v84H0z" />
    <path className="thin" d="M10 14h44M10 26h44M10 38h44M10 50h30" />
    <rect className="soft" x="42" y="60" width="14" height="14" />
  </g>
);

export const Printing = () => (
  <Picture>
    <path className="line" d="M52 20h136v56H52z" />
    <path className="line" d="M72 60h96" />
    <Sheet x={88} y={60} />
  </Picture>
);

export const TakePaper = () => (
  <Picture>
    <path className="line" d="M24 110h126v36H24z" />
    <Sheet x={70} y={30} />
    <path className="arrow" d="M160 72h52m-14-14 14 14-14 14" />
  </Picture>
);

export const Receipt = () => (
  <Picture>
    <path className="line" d="M60 20h120v22H60z" />
    <path className="card" d="M88 34h64v100l-11-8-10 8-11-8-11 8-10-8-11 8z" />
    <path className="thin" d="M100 54h40M100 68h40M100 82h40M118 98h22" />
  </Picture>
);

export const Working = () => (
  <svg className="working" viewBox="0 0 120 24" aria-hidden="true" focusable="false">
    <circle cx="24" cy="12" r="8" />
    <circle cx="60" cy="12" r="8" />
    <circle cx="96" cy="12" r="8" />
  </svg>
);

/** Square where several may be chosen, round where it is one of them. */
export const CheckMark = ({ checked, many }: { checked: boolean; many: boolean }) => (
  <svg className="check" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <rect x="2" y="2" width="20" height="20" rx={many ? 4 : 10} />
    {checked && <path d="M6.5 12.5l4 4 7-8" />}
  </svg>
);

export const Sign = ({ kind }: { kind: 'attention' | 'info' | 'well' }) => (
  <svg className={`sign ${kind}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    {kind === 'attention' ? <path d="M12 2 23 21H1z" /> : <circle cx="12" cy="12" r="11" />}
    {kind === 'well' && <path className="stroke" d="M6.5 12.5l4 4 7-8" />}
    {kind === 'attention' && <path className="stroke" d="M12 9v6M12 17.5v.5" />}
    {kind === 'info' && <path className="stroke" d="M12 11v6M12 7v.5" />}
  </svg>
);
