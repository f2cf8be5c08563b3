/**
 * A typed client of one printer (RFC 8011). What the printer says, yes or no, is an `IppReply`; silence is an `IppUnreachable`,
 * and bytes that are no sound answer are an `IppFormatError`.
 */
import { decodeIpp } from './decode-ipp.ts';
import { encodeIpp } from './encode-ipp.ts';
import { isSuccessful, type Operation, operations, type Status, statusOf } from './ipp-codes.ts';
import { IppFormatError } from './ipp-error.ts';
import { groupOf, type IppGroup, type IppMessage } from './ipp-message.ts';
import { openIppTransport } from './ipp-transport.ts';
import { parsePrinterUrl } from './ipp-url.ts';
import {
  groupTyped,
  type JobAttributes,
  type JobEvent,
  type JobTemplate,
  type OperationAttributes,
  type PrinterAttributes,
  readTyped,
  tables,
} from './typed-attributes.ts';

export type IppReply<T> =
  | {
      readonly ok: true;
      readonly status: Status;
      /** Names of attributes that the printer passed over or replaced. */
      readonly ignored: readonly string[];
      readonly value: T;
    }
  | { readonly ok: false; readonly status: Status };

export interface JobOrder {
  readonly name: string;
  readonly format: string;
  readonly template: JobTemplate;
  /** true: the printer shall refuse rather than replace what it cannot do. */
  readonly fidelity: boolean;
}

export interface IppClient {
  printerAttributes<K extends keyof PrinterAttributes>(
    names: readonly K[],
  ): Promise<IppReply<Pick<PrinterAttributes, K>>>;
  validateJob(order: JobOrder): Promise<IppReply<undefined>>;
  printJob(order: JobOrder, document: Uint8Array): Promise<IppReply<JobAttributes>>;
  jobAttributes<K extends keyof JobAttributes>(
    id: number,
    names: readonly K[],
  ): Promise<IppReply<Pick<JobAttributes, K>>>;
  jobs<K extends keyof JobAttributes>(
    which: 'completed' | 'not-completed',
    names: readonly K[],
  ): Promise<IppReply<readonly Pick<JobAttributes, K>[]>>;
  cancelJob(id: number): Promise<IppReply<undefined>>;
  /** From now on the printer keeps a note of every job that ends (RFC 3995), even of one that it forgets. The answer is where. */
  keepJobEnds(leaseSeconds: number): Promise<IppReply<number | undefined>>;
  jobEnds(subscription: number, fromSequence: number): Promise<IppReply<readonly JobEvent[]>>;
  close(): void;
}

export interface IppClientOptions {
  /** How long one call may take. */
  readonly timeoutMs: number;
  /** `requesting-user-name`. */
  readonly user: string;
  readonly ca?: string;
}

/** Every printer takes it, also one of 2.0. */
const VERSION = [1, 1] as const;
const REQUEST_ID_MAX = 0x7fffffff;
const NO_DOCUMENT = new Uint8Array();

export function openIppClient(url: string, { user, ...options }: IppClientOptions): IppClient {
  const { uri, http } = parsePrinterUrl(url);
  const transport = openIppTransport(http, options);
  let lastRequestId = 0;

  const call = async <T>(
    how: 'look' | 'act',
    operation: Operation,
    asked: OperationAttributes,
    read: (reply: IppMessage) => T,
    more: readonly IppGroup[] = [],
    data: Uint8Array = NO_DOCUMENT,
  ): Promise<IppReply<T>> => {
    lastRequestId = (lastRequestId % REQUEST_ID_MAX) + 1;
    const requestId = lastRequestId;
    const head = {
      'attributes-charset': 'utf-8',
      'attributes-natural-language': 'en',
      'printer-uri': uri,
      'requesting-user-name': user,
    } as const;
    const groups = [groupTyped('operation', tables.operation, { ...head, ...asked }), ...more];
    const bytes = encodeIpp({ version: VERSION, code: operations[operation], requestId, groups, data });
    const reply = decodeIpp(await transport[how](bytes));
    if (reply.requestId !== requestId) throw new IppFormatError('bad-value', 'request-id');
    const status = statusOf(reply.code);
    if (!isSuccessful(status)) return { ok: false, status };
    const ignored = groupOf(reply, 'unsupported').map(({ name }) => name);
    return { ok: true, status, ignored, value: read(reply) };
  };

  const ordered = ({ name, format, fidelity }: JobOrder): OperationAttributes => ({
    'job-name': name,
    'ipp-attribute-fidelity': fidelity,
    'document-format': format,
  });
  const wishes = ({ template }: JobOrder) => [groupTyped('job', tables.template, template)];
  const nothing = () => undefined;
  const job = (reply: IppMessage) => readTyped(tables.job, groupOf(reply, 'job'));

  return {
    printerAttributes: (names) =>
      call('look', 'Get-Printer-Attributes', { 'requested-attributes': names }, (reply) =>
        readTyped(tables.printer, groupOf(reply, 'printer')),
      ),
    validateJob: (order) => call('look', 'Validate-Job', ordered(order), nothing, wishes(order)),
    printJob: (order, document) => call('act', 'Print-Job', ordered(order), job, wishes(order), document),
    jobAttributes: (id, names) =>
      call('look', 'Get-Job-Attributes', { 'job-id': id, 'requested-attributes': names }, job),
    jobs: (which, names) =>
      call('look', 'Get-Jobs', { 'which-jobs': which, 'requested-attributes': names }, ({ groups }) =>
        groups.filter(({ tag }) => tag === 'job').map(({ attributes }) => readTyped(tables.job, attributes)),
      ),
    cancelJob: (id) => call('act', 'Cancel-Job', { 'job-id': id }, nothing),
    keepJobEnds: (leaseSeconds) =>
      call(
        'act',
        'Create-Printer-Subscriptions',
        {},
        (reply) => readTyped(tables.subscription, groupOf(reply, 'subscription'))['notify-subscription-id'],
        [
          groupTyped('subscription', tables.subscription, {
            'notify-events': ['job-completed'],
            'notify-pull-method': 'ippget',
            'notify-lease-duration': leaseSeconds,
          }),
        ],
      ),
    jobEnds: (subscription, fromSequence) =>
      call(
        'look',
        'Get-Notifications',
        { 'notify-subscription-ids': [subscription], 'notify-sequence-numbers': [fromSequence], 'notify-wait': false },
        ({ groups }) =>
          groups
            .filter(({ tag }) => tag === 'event-notification')
            .map(({ attributes }) => readTyped(tables.jobEvent, attributes)),
      ),
    close: () => transport.close(),
  };
}
