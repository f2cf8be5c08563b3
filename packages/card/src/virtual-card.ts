/**
 * A virtual マイナンバーカード: command bytes in, response bytes out, no other input or output than `persist`. It imitates what
 * was seen of real test cards, quirks included, so that a reader program cannot tell the two apart.
 * A spent try is persisted BEFORE the PIN is compared: pulling the card away cannot buy a free guess.
 */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { type CardFile, type CardKey, type KeyUse, pinRules } from './card-file.ts';
import { findScheme } from './card-signature.ts';
import { type CommandApdu, encodeResponse, parseCommand } from './command-apdu.ts';
import { type ElementaryFile, JPKI_AID, jpkiFiles } from './jpki-files.ts';
import { PIN_BYTES_MAX, samePin } from './same-pin.ts';
import { statusWords as sw, triesLeftWord } from './status-words.ts';

/** Contact ATR of the My Number Card, by which OpenSC knows it. */
const ATR = Buffer.from('3be000ff8131fe4514', 'hex');
const MASTER_FILE_DATA = { issuingMunicipality: 0x00f0, validUntil: 0x00f2 } as const;
const SFI_MAX = 30;

interface Selected {
  readonly id: number;
  readonly file: ElementaryFile;
}

export class VirtualCard {
  readonly atr: Uint8Array = ATR;
  readonly #persist: (state: CardFile) => void;
  readonly #keys = new Map<KeyUse, KeyObject>();
  readonly #files: ReadonlyMap<number, ElementaryFile>;
  #state: CardFile;
  #inApplication = false;
  #currentEf: number | undefined;
  #verified = new Set<KeyUse>();

  /** `persist` must have stored the state when it returns; when it throws, the card has lost power. */
  constructor(state: CardFile, persist: (state: CardFile) => void) {
    this.#state = state;
    this.#persist = persist;
    this.#files = jpkiFiles(state);
  }

  get state(): CardFile {
    return this.#state;
  }

  /** Power off and on: nothing selected, nothing verified. */
  reset(): void {
    this.#inApplication = false;
    this.#currentEf = undefined;
    this.#verified.clear();
  }

  transmit(bytes: Uint8Array): Uint8Array {
    const command = parseCommand(bytes);
    const reply = command ? this.#execute(command) : sw.wrongLength;
    return typeof reply === 'number' ? encodeResponse(reply) : reply;
  }

  #execute(command: CommandApdu): Uint8Array | number {
    const { cla, ins } = command;
    // Another kind of card: whatever is selected is not there, and more it does not understand.
    if (this.#state.chip === 'foreign') return ins === 0xa4 ? sw.fileNotFound : sw.instructionNotSupported;
    if (cla < 0x80 && (cla & 0x0c) !== 0) return sw.secureMessagingNotSupported;
    if (cla === 0x10) return sw.chainingNotSupported;
    if (cla !== 0x00 && cla !== 0x80) return sw.classNotSupported;
    switch ((cla << 8) | ins) {
      case 0x00a4:
        return this.#select(command);
      case 0x00b0:
        return this.#readBinary(command);
      case 0x00ca:
        return this.#getData(command);
      case 0x0020:
        return this.#verify(command);
      case 0x0024:
        return this.#changeReferenceData(command);
      case 0x802a:
        return this.#computeDigitalSignature(command);
      default:
        return sw.instructionNotSupported;
    }
  }

  #select({ p1, data }: CommandApdu): number {
    if (p1 === 0x04) return this.#selectApplication(data);
    if (p1 === 0x02) return this.#selectEf(data);
    // Selecting the MF does nothing once an application is selected, and says 9000.
    if (p1 === 0x00 && this.#inApplication) return sw.ok;
    return sw.wrongParameters;
  }

  #selectApplication(name: Uint8Array): number {
    if (name.length < 1 || name.length > 16) return sw.wrongLength;
    // The first bytes of a DF name are enough.
    if (!JPKI_AID.subarray(0, name.length).equals(name)) return sw.fileNotFound;
    this.reset();
    this.#inApplication = true;
    return sw.ok;
  }

  #selectEf(name: Uint8Array): number {
    if (name.length !== 2) return sw.wrongLength;
    const id = Buffer.from(name).readUInt16BE();
    if (!this.#inApplication || !this.#files.has(id)) return sw.fileNotFound;
    this.#currentEf = id;
    return sw.ok;
  }

  #readBinary({ p1, p2, replyMax = 0 }: CommandApdu): Uint8Array | number {
    const bySfi = (p1 & 0x80) !== 0;
    if (bySfi && ((p1 & 0x60) !== 0 || (p1 & 0x1f) > SFI_MAX)) return sw.wrongParameters;
    const selected = this.#find(bySfi ? p1 & 0x1f : 0);
    if (typeof selected === 'number') return selected;
    const { id, file } = selected;
    if (file.kind !== 'binary') return sw.notAFileOfThisType;
    if (file.pin && !this.#verified.has(file.pin)) return sw.securityStatusNotSatisfied;
    this.#currentEf = id;
    const offset = bySfi ? p2 : (p1 << 8) | p2;
    if (offset >= file.bytes.length) return sw.offsetOutsideFile;
    const bytes = file.bytes.subarray(offset, offset + replyMax);
    // An Le of 00 asks for whatever there is; any other number that reaches past the end gets a warning with the bytes.
    const short = bytes.length < replyMax && replyMax % 256 !== 0;
    return encodeResponse(short ? sw.endOfFile : sw.ok, bytes);
  }

  /** Only while the MF is selected, that is after a reset. */
  #getData({ p1, p2 }: CommandApdu): Uint8Array | number {
    if (this.#inApplication) return sw.referencedDataNotFound;
    const tag = (p1 << 8) | p2;
    if (tag === MASTER_FILE_DATA.issuingMunicipality) return encodeResponse(sw.ok, Buffer.from(this.#state.issuedBy));
    if (tag === MASTER_FILE_DATA.validUntil) return encodeResponse(sw.ok, Buffer.from(this.#state.validUntil));
    return sw.referencedDataNotFound;
  }

  #verify({ p1, p2, data }: CommandApdu): number {
    if (p1 !== 0) return sw.wrongParameters;
    const use = this.#useOf(p2, 'pin');
    if (typeof use === 'number') return use;
    const { triesLeft, pin } = this.#key(use);
    // Without data the card says how many tries are left, spends none, and says so even when the PIN is verified.
    if (data.length === 0) return triesLeftWord(triesLeft);
    if (data.length > PIN_BYTES_MAX) return sw.wrongLength;
    if (triesLeft === 0 || pin === null) return sw.referenceDataBlocked;
    this.#verified.delete(use);
    this.#change(use, { triesLeft: triesLeft - 1 });
    if (!samePin(data, pin)) return triesLeftWord(triesLeft - 1);
    this.#change(use, { triesLeft: pinRules[use].triesMax });
    this.#verified.add(use);
    return sw.ok;
  }

  /** CHANGE REFERENCE DATA: the new PIN alone, after VERIFY of the old. */
  #changeReferenceData({ p1, p2, data }: CommandApdu): number {
    if (p1 !== 1) return sw.wrongParameters;
    const use = this.#useOf(p2, 'pin');
    if (typeof use === 'number') return use;
    if (!this.#verified.has(use)) return sw.securityStatusNotSatisfied;
    const pin = Buffer.from(data).toString('latin1');
    if (!pinRules[use].form.test(pin)) return sw.wrongData;
    this.#change(use, { pin });
    return sw.ok;
  }

  #computeDigitalSignature({ p1, p2, data, replyMax }: CommandApdu): Uint8Array | number {
    const use = this.#useOf(p2, 'key');
    if (typeof use === 'number') return use;
    const key = this.#privateKey(use);
    const scheme = findScheme(key, p1);
    if (!scheme) return sw.wrongParameters;
    if (!this.#verified.has(use)) return sw.securityStatusNotSatisfied;
    if (data.length === 0) return sw.wrongLength;
    const signature = scheme(key, data);
    if (typeof signature === 'number') return signature;
    if (replyMax !== undefined && replyMax < signature.length) return sw.wrongLength;
    return encodeResponse(sw.ok, signature);
  }

  /** P2 = 80 means the current EF, 80 | SFI names one. */
  #useOf(p2: number, kind: 'pin' | 'key'): KeyUse | number {
    if ((p2 & 0xe0) !== 0x80 || (p2 & 0x1f) > SFI_MAX) return sw.wrongParameters;
    const selected = this.#find(p2 & 0x1f);
    if (typeof selected === 'number') return selected;
    return selected.file.kind === kind ? selected.file.use : sw.notAFileOfThisType;
  }

  #find(sfi: number): Selected | number {
    const id = sfi || this.#currentEf;
    if (!this.#inApplication || id === undefined) return sw.noCurrentFile;
    const file = this.#files.get(id);
    return file ? { id, file } : sw.fileNotFound;
  }

  #key(use: KeyUse): CardKey {
    const key = this.#state[use];
    if (!key) throw new Error(`no ${use} key behind a file of it`);
    return key;
  }

  #privateKey(use: KeyUse): KeyObject {
    const known = this.#keys.get(use) ?? createPrivateKey(this.#key(use).key);
    this.#keys.set(use, known);
    return known;
  }

  #change(use: KeyUse, change: Partial<CardKey>): void {
    this.#state = { ...this.#state, [use]: { ...this.#key(use), ...change } };
    this.#persist(this.#state);
  }
}
