/** 作業台: all the hardware of one kiosk on one desk. Deeds go in, the state of everything comes out; nothing else is known here. */
import type { LampFront } from '@machikado/simulators';
import type { BenchState, ClockView } from './bench-state.ts';
import type { CardPlace } from './card-place.ts';
import type { CoinSlot } from './coin-slot.ts';
import type { Deed } from './deeds.ts';
import type { Mains } from './mains.ts';
import type { Drawing, Look } from './paper-jobs.ts';
import type { PrinterPlace } from './printer-place.ts';
import type { ReceiptSlot } from './receipt-slot.ts';
import type { Sheets } from './sheets.ts';
import { stageOf } from './stage.ts';
import type { Trials } from './trials.ts';
import type { Voice } from './voice.ts';

export interface Hardware {
  readonly mains: Mains;
  readonly cards: CardPlace;
  readonly lamp: LampFront;
  readonly coins: CoinSlot;
  readonly printer: PrinterPlace;
  readonly sheets: Sheets;
  readonly trials: Trials;
  readonly receipts: ReceiptSlot;
  readonly voice: Voice;
  readonly clock: ClockView;
  readonly verificationUrl: string | null;
  /** What stops at once when the mains does: printer, lamp, speaker. */
  readonly losePower: () => void;
}

export interface Bench {
  state(): BenchState;
  perform(deed: Deed): Promise<void>;
  picture(id: string, drawing: Drawing): Promise<Uint8Array> | undefined;
  lookAt(id: string, side: number, look: Look): Promise<Uint8Array> | undefined;
  shot(id: string): Uint8Array | undefined;
}

export function createBench(hardware: Hardware): Bench {
  const { mains, cards, lamp, coins, printer, sheets, trials, receipts, voice, clock, verificationUrl, losePower } =
    hardware;

  const perform = async (deed: Deed): Promise<void> => {
    switch (deed.deed) {
      case 'lay-card':
        return cards.lay(deed.card);
      case 'take-card':
        return cards.takeAway(deed.card);
      case 'insert':
        return coins.insert(deed.yen);
      case 'take-coins':
        return coins.takeCoins();
      case 'coin-jam':
        return coins.jam(deed.jammed);
      case 'change':
        return coins.runOutOfChange(deed.out);
      case 'paper':
        return printer.paper(deed.is);
      case 'toner':
        return printer.toner(deed.is);
      case 'cover':
        return printer.cover(deed.open);
      case 'jam':
        return printer.jamAt(deed.atSheet);
      case 'clear-jam':
        return printer.clearJam();
      case 'take-paper':
        return sheets.take();
      case 'receipt-paper':
        return receipts.runOutOfPaper(deed.out);
      case 'tear-receipt':
        return receipts.tear();
      case 'put-away':
        receipts.putAway();
        trials.putAway();
        return sheets.putAway();
      case 'copy-sheet':
        return trials.copy(deed.sheet, deed.mode);
      case 'shoot-sheet':
        return trials.shoot(deed.sheet, deed.camera, deed.quality);
      case 'power-cut':
        losePower();
        return mains.cut();
      case 'power-on':
        return mains.on();
    }
  };

  return {
    state() {
      const bench = {
        kiosk: mains.view(),
        clock,
        cards: cards.view(),
        lamp: lamp.look(),
        coins: coins.view(),
        printer: printer.view(),
        tray: sheets.tray(),
        taken: sheets.taken(),
        work: trials.work(),
        shots: trials.shots(),
        verificationUrl,
        receipts: receipts.view(),
        voice: voice.view(),
      };
      return { ...bench, stage: stageOf(bench) };
    },
    perform,
    picture: sheets.picture,
    lookAt: sheets.lookAt,
    shot: trials.shot,
  };
}
