/** What the operations of the IPP front work with. */
import type { IppGroup, IppMessage, JobTemplate, OperationAttributes, Status } from '@machikado/printing';
import type { JobTimes } from './ipp-job-times.ts';
import type { Printer, PrinterInside } from './printer.ts';

export interface IppMachine {
  readonly printer: Printer & PrinterInside;
  readonly name: string;
  readonly url: string;
  readonly now: () => Date;
  readonly times: JobTimes;
  readonly movesWhenLookedAt: boolean;
  readonly jobHistory: boolean;
  /** Jobs whose document is awaited: what they asked for, and what ends the waiting. */
  readonly awaited: Map<number, { readonly template: JobTemplate; readonly giveUp: NodeJS.Timeout }>;
}

export interface IppRequest {
  readonly message: IppMessage;
  readonly operation: OperationAttributes;
  readonly template: JobTemplate;
}

export interface IppAnswer {
  readonly status: Status;
  readonly groups?: readonly IppGroup[];
}

/** Thrown wherever a request turns out to be impossible; it becomes the answer. */
export class IppRefusal extends Error {
  override readonly name = 'IppRefusal';
  readonly answer: IppAnswer;

  constructor(status: Status, groups: readonly IppGroup[] = []) {
    super(status);
    this.answer = { status, groups };
  }
}
