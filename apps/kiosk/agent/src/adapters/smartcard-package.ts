/**
 * PC/SC through the package `smartcard`, which is compiled on the machine and therefore no dependency of everybody. Here stands
 * what is used of it, so that types are checked without it.
 */
export interface Pcsc {
  readonly Context: new () => PcscContext;
  readonly SCARD_SHARE_EXCLUSIVE: number;
  readonly SCARD_PROTOCOL_T0: number;
  readonly SCARD_PROTOCOL_T1: number;
  readonly SCARD_LEAVE_CARD: number;
  readonly SCARD_RESET_CARD: number;
  readonly SCARD_STATE_PRESENT: number;
}

/** Only one call at a time: the next one waits inside PC/SC, and with it whoever made it. */
export interface PcscContext {
  listReaders(): readonly PcscReader[];
  /** Resolves when a reader is no longer in the state that is named here, or when the time is up. */
  waitForChange(known: readonly PcscReaderState[], timeoutMs: number): Promise<unknown>;
  cancel(): void;
  close(): void;
}

export interface PcscReaderState {
  readonly name: string;
  /** Flags below; above them a counter of the cards that came and went. */
  readonly state: number;
}

export interface PcscReader extends PcscReaderState {
  readonly atr: Uint8Array | null;
  connect(shareMode: number, protocols: number): Promise<PcscCard>;
}

export interface PcscCard {
  transmit(apdu: Uint8Array, options: { readonly maxRecvLength: number }): Promise<Uint8Array>;
  reconnect(shareMode: number, protocols: number, initialization: number): Promise<number>;
  disconnect(disposition: number): void;
}

export class SmartcardPackageMissing extends Error {
  override readonly name = 'SmartcardPackageMissing';
  readonly code = 'SMARTCARD_PACKAGE_MISSING';

  constructor(cause: unknown) {
    super(
      'card reader over PC/SC: the package smartcard is not installed. Install it with: apt-get install pcscd libpcsclite-dev g++ make && npm install --no-save smartcard@3.7.0',
      { cause },
    );
  }
}

export async function loadSmartcard(name = 'smartcard'): Promise<Pcsc> {
  try {
    return (await import(name)) as Pcsc;
  } catch (cause) {
    throw new SmartcardPackageMissing(cause);
  }
}
