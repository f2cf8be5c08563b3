/** From the bytes of a request to those of its answer: what RFC 8011 §4.1 asks of every request, then the operation itself. */
import {
  decodeIpp,
  decodeIppHeader,
  encodeIpp,
  groupOf,
  groupTyped,
  IppFormatError,
  type IppMessage,
  operations as operationCodes,
  readTyped,
  statuses,
  tables,
} from '@machikado/printing';
import { type IppAnswer, type IppMachine, IppRefusal, type IppRequest } from './ipp-machine.ts';
import { ippOperations } from './ipp-operations.ts';

type Header = Pick<IppMessage, 'version' | 'requestId'>;

/** undefined: not even a header. */
export async function answerIpp(body: Uint8Array, machine: IppMachine): Promise<Uint8Array | undefined> {
  let header: Header | undefined;
  try {
    header = decodeIppHeader(body);
    refuseVersion(header);
    const answer = await perform(decodeIpp(body), machine);
    return written(header, answer);
  } catch (error) {
    if (!header) return undefined;
    if (error instanceof IppRefusal) return written(header, error.answer);
    if (error instanceof IppFormatError) return written(header, { status: 'client-error-bad-request' });
    return written(header, { status: 'server-error-internal-error' });
  }
}

async function perform(message: IppMessage, machine: IppMachine): Promise<IppAnswer> {
  if (message.requestId < 1) throw new IppRefusal('client-error-bad-request');
  const name = Object.entries(operationCodes).find(([, code]) => code === message.code)?.[0];
  const run = ippOperations[name ?? ''];
  if (!run) throw new IppRefusal('server-error-operation-not-supported');
  refuseHead(message);
  const operation = readTyped(tables.operation, groupOf(message, 'operation'));
  if (operation['attributes-charset'] !== 'utf-8' && operation['attributes-charset'] !== 'us-ascii')
    throw new IppRefusal('client-error-charset-not-supported');
  if (operation['printer-uri'] === undefined && operation['job-uri'] === undefined)
    throw new IppRefusal('client-error-bad-request');
  const template = readTyped(tables.template, groupOf(message, 'job'));
  const request: IppRequest = { message, operation, template };
  const answer = await run(request, machine);
  machine.times.note(machine.printer.state().jobs.values());
  return answer;
}

function refuseVersion({ version: [major] }: Header): void {
  if (major !== 1 && major !== 2) throw new IppRefusal('server-error-version-not-supported');
}

/** RFC 8011 §4.1.4: the operation attributes come first, and of them charset and language. */
function refuseHead({ groups }: IppMessage): void {
  const [first] = groups;
  const [one, two] = first?.attributes ?? [];
  const proper =
    first?.tag === 'operation' &&
    one?.name === 'attributes-charset' &&
    one.values[0]?.tag === 'charset' &&
    two?.name === 'attributes-natural-language' &&
    two.values[0]?.tag === 'naturalLanguage';
  if (!proper) throw new IppRefusal('client-error-bad-request');
}

function written({ version: [major, minor], requestId }: Header, { status, groups = [] }: IppAnswer): Uint8Array {
  const head = { 'attributes-charset': 'utf-8', 'attributes-natural-language': 'en' } as const;
  return encodeIpp({
    version: major === 2 ? [2, 0] : [1, Math.min(minor, 1)],
    code: statuses[status],
    requestId,
    groups: [groupTyped('operation', tables.operation, head), ...groups],
    data: new Uint8Array(),
  });
}
