/** What one copy of a 住民票の写し is to show: the record, what of it was asked for, and in whose name it is certified. */
import type { CalendarDate } from '@machikado/domain';
import type { RecordItem, RegistryRecord, Scope } from '@machikado/protocol';

export interface ResidentRecordOrder {
  readonly record: RegistryRecord;
  /** Who is to stand on it, in any order; it is printed in 記載順位. */
  readonly residentIds: readonly string[];
  readonly scope: Scope;
  readonly items: readonly RecordItem[];
  readonly orderReference: string;
  readonly issueNumber: string;
  /** The day on the paper, in Japan. */
  readonly issuedOn: CalendarDate;
  readonly issuer: IssuerOnPaper;
}

/** Effective-dated in the settings of the municipality: whoever was mayor that day, with the seal of that day. */
export interface IssuerOnPaper {
  /** 職名 with the municipality: 「架空県夕凪市長」. */
  readonly title: string;
  readonly name: string;
  /** 公印 as an opaque square SVG without text elements; a scanned seal is an `<image>` with a data URI. */
  readonly sealSvg: string;
}
