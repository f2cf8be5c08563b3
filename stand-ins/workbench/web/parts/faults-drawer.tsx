/** 故障: everything that can go wrong with the hardware, and its repair. */
import type { ReactNode } from 'react';
import type { BenchState } from '../../src/bench-state.ts';
import type { Deed } from '../../src/deeds.ts';
import { useTexts } from '../context.ts';
import { perform } from '../use-bench.ts';

export function FaultsDrawer({ state }: { readonly state: BenchState }) {
  const { faults } = useTexts();
  const { coins, printer, receipts, kiosk } = state;
  const active = [
    ...[coins.jammed, coins.outOfChange, printer.paper !== 'full', printer.toner !== 'full', printer.coverOpen],
    ...[printer.jammed, printer.jamAtSheet > 0, receipts.paperOut],
  ].filter(Boolean).length;
  return (
    <details className="panel faults">
      <summary>
        <h2>{faults.title}</h2>
        {active > 0 && <b className="badge">{faults.active(active)}</b>}
      </summary>
      <p className="quiet">{faults.about}</p>
      <Group title={faults.groups.money}>
        <Toggle on={coins.jammed} name={faults.coinJam} deed={(on) => ({ deed: 'coin-jam', jammed: on })} />
        <Toggle on={coins.outOfChange} name={faults.outOfChange} deed={(on) => ({ deed: 'change', out: on })} />
      </Group>
      <Group title={faults.groups.paper}>
        {(['low', 'empty'] as const).map((is) => (
          <Toggle
            key={is}
            on={printer.paper === is}
            name={faults.paper[is]}
            deed={(on) => ({ deed: 'paper', is: on ? is : 'full' })}
          />
        ))}
        {printer.jammed ? (
          <Toggle on name={faults.jammedNow} deed={() => ({ deed: 'clear-jam' })} />
        ) : (
          ([1, 2] as const).map((sheet) => (
            <Toggle
              key={sheet}
              on={printer.jamAtSheet === sheet}
              name={sheet === 1 ? faults.jamNext : faults.jamSecond}
              deed={(on) => ({ deed: 'jam', atSheet: on ? sheet : 0 })}
            />
          ))
        )}
      </Group>
      <Group title={faults.groups.printer}>
        <Toggle on={printer.coverOpen} name={faults.cover} deed={(on) => ({ deed: 'cover', open: on })} />
        {(['low', 'empty'] as const).map((is) => (
          <Toggle
            key={is}
            on={printer.toner === is}
            name={faults.toner[is]}
            deed={(on) => ({ deed: 'toner', is: on ? is : 'full' })}
          />
        ))}
      </Group>
      <Group title={faults.groups.receipt}>
        <Toggle on={receipts.paperOut} name={faults.receiptOut} deed={(on) => ({ deed: 'receipt-paper', out: on })} />
      </Group>
      <Group title={faults.groups.mains}>
        <Toggle
          on={kiosk.power === 'off'}
          name={faults.powerCut}
          deed={(on) => ({ deed: on ? 'power-cut' : 'power-on' })}
        />
      </Group>
    </details>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <fieldset className="fault-group">
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

function Toggle({ on, name, deed }: { on: boolean; name: string; deed: (on: boolean) => Deed }) {
  return (
    <button type="button" className="toggle" aria-pressed={on} onClick={() => perform(deed(!on))}>
      {name}
    </button>
  );
}
