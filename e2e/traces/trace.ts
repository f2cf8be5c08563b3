/** What is looked for: a text in any spelling, or bytes as they are. */
export interface Trace {
  /** What it is of, for whoever reads the failure; never the text itself. */
  readonly what: string;
  readonly text: string;
  /** Digits that could stand in any number or id: they count only between other characters. */
  readonly asWord?: boolean;
}

export interface BinaryTrace {
  readonly what: string;
  readonly bytes: Uint8Array;
}
