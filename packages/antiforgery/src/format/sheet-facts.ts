/** What the scrambled image says of the sheet beside its picture. Nothing here names a person. */
export interface SheetFacts {
  /** 団体コード */
  readonly lgCode: string;
  /** 発行番号, 16 hexadecimal digits. */
  readonly issueNumber: string;
  /** 注文番号, 16 hexadecimal digits. */
  readonly orderReference: string;
  /** Counted from 1. */
  readonly sheet: number;
  readonly of: number;
  /** To the second. */
  readonly issuedAt: Date;
}
