export { openFileJournal, readFileJournal } from './adapters/file-journal.ts';
export { httpCenter } from './adapters/http-center.ts';
export { pdfSheetReader } from './adapters/pdf-sheet-reader.ts';
export { compose, type Kiosk, type KioskParts } from './compose.ts';
export { type KioskConfig, ordinaryPatience, ScreenKioskConfig } from './config.ts';
export type { EndCode } from './end-of-use.ts';
export { type Interposer, interpose } from './interpose.ts';
export type { JournalEntry, JournalEvent } from './journal-entry.ts';
export { Cancelled, KioskFault } from './kiosk-fault.ts';
export { type Center, type LoginChannel, LostReply, type Ports } from './ports.ts';
export { openCardFile } from './pseudo-store/card-on-disk.ts';
export {
  createScriptedResident,
  type Front,
  type Payment,
  type Script,
  type Witness,
} from './pseudo-store/scripted-resident.ts';
export type { Choice, Resident, Town } from './resident.ts';
export { createScreenKiosk, type ScreenKiosk } from './screen-kiosk.ts';
export { readTownFile, TownFile, TownKiosk, TownPersona } from './town-file.ts';
export type { EndOfUse } from './use-cases/serve-resident.ts';
