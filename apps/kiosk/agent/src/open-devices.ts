/** The devices of a kiosk with a screen, each at the wire that the settings name. */
import { readFileSync } from 'node:fs';
import { ippPrinter } from './adapters/ipp-printer.ts';
import { noLamp, noSpeaker } from './adapters/no-voice.ts';
import { pcscCardReader } from './adapters/pcsc-card-reader.ts';
import { wiredCardReader } from './adapters/wired-card-reader.ts';
import { wiredCoinUnit } from './adapters/wired-coin-unit.ts';
import { wiredLamp } from './adapters/wired-lamp.ts';
import { wiredReceiptPrinter } from './adapters/wired-receipt-printer.ts';
import { wiredSpeaker } from './adapters/wired-speaker.ts';
import type { ScreenKioskConfig } from './config.ts';
import type { Devices } from './open-ports.ts';

export async function openDevices({
  devices,
}: ScreenKioskConfig): Promise<{ readonly devices: Omit<Devices, 'sheetReader'>; close(): Promise<void> }> {
  const { card, printer, speaker, lamp } = devices;
  const cardReader = card.kind === 'wire' ? await wiredCardReader(card) : await pcscCardReader(card);
  const coinUnit = wiredCoinUnit(devices.coinUnit);
  const receiptPrinter = wiredReceiptPrinter(devices.receiptPrinter);
  const { caFile, ...printing } = printer;
  const paper = ippPrinter({ ...printing, ...(caFile !== undefined && { ca: readFileSync(caFile, 'utf8') }) });
  const voice = speaker && wiredSpeaker(speaker);
  const light = lamp && wiredLamp(lamp);
  return {
    devices: {
      ...{ cardReader, coinUnit, receiptPrinter, printer: paper },
      ...{ speaker: voice ?? noSpeaker, lamp: light ?? noLamp },
    },
    async close() {
      for (const wire of [coinUnit, receiptPrinter, paper, voice, light]) wire?.close();
      await cardReader.close();
    },
  };
}
