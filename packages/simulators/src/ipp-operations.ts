/** What each operation does (RFC 8011 §4.2, §4.3). */
import { groupTyped, type IppAttribute, type IppGroup, type OperationAttributes, tables } from '@machikado/printing';
import { describeJob } from './ipp-describe-job.ts';
import { describePrinter } from './ipp-describe-printer.ts';
import { ANY_FORMAT, checkJob, PDF, toPrintRequest, userOf } from './ipp-job-request.ts';
import { type IppAnswer, type IppMachine, IppRefusal, type IppRequest } from './ipp-machine.ts';
import { isIncoming, isTerminal, type PrinterJob } from './printer-state.ts';

type Run = (request: IppRequest, machine: IppMachine) => IppAnswer | Promise<IppAnswer>;

const DOCUMENT_AWAITED_MS = 60_000;

export const ippOperations: Readonly<Record<string, Run>> = {
  'Print-Job': async (request, machine) => {
    const ignored = checkJob(request);
    const id = await machine.printer.submit(toPrintRequest(request, nameOf(request.operation)));
    return accepted(id, ignored, machine);
  },
  'Validate-Job': (request) => {
    const ignored = checkJob(request);
    return { status: statusFor(ignored), groups: ignored };
  },
  'Create-Job': (request, machine) => {
    const ignored = checkJob(request);
    const { operation } = request;
    const id = machine.printer.announce(nameOf(operation), userOf(operation['requesting-user-name']));
    machine.awaited.set(id, { template: request.template, giveUp: abortLater(id, machine) });
    return accepted(id, ignored, machine);
  },
  'Send-Document': (request, machine) => {
    const job = jobOf(request.operation, machine);
    if (!isIncoming(job)) throw new IppRefusal('client-error-not-possible');
    if (request.operation['last-document'] === undefined) throw new IppRefusal('client-error-bad-request');
    const ignored = checkJob(request);
    const { template = {}, giveUp } = machine.awaited.get(job.id) ?? {};
    machine.printer.deliver(job.id, { ...toPrintRequest({ ...request, template }, job.name), user: job.user });
    clearTimeout(giveUp);
    machine.awaited.delete(job.id);
    return { status: statusFor(ignored), groups: [...ignored, jobGroup(job.id, machine)] };
  },
  'Cancel-Job': async ({ operation }, machine) => {
    const { id, state } = jobOf(operation, machine);
    if (isTerminal({ state })) throw new IppRefusal('client-error-not-possible');
    await machine.printer.cancel(id);
    return { status: 'successful-ok' };
  },
  'Get-Job-Attributes': async ({ operation }, machine) => {
    const { id } = jobOf(operation, machine);
    if (machine.movesWhenLookedAt) machine.printer.step();
    machine.times.note(machine.printer.state().jobs.values());
    const attributes = describeJob(jobOf({ 'job-id': id }, machine), machine);
    return {
      status: 'successful-ok',
      groups: [{ tag: 'job', attributes: wanted(attributes, operation['requested-attributes'], ['all']) }],
    };
  },
  'Get-Jobs': ({ operation }, machine) => {
    const { limit = Number.POSITIVE_INFINITY, 'requested-attributes': names } = operation;
    const groups = chosenJobs(operation, machine)
      .slice(0, limit)
      .map((job) => wanted(describeJob(job, machine), names, ['job-id', 'job-uri']))
      .map((attributes): IppGroup => ({ tag: 'job', attributes }));
    return { status: 'successful-ok', groups };
  },
  'Get-Printer-Attributes': ({ operation }, machine) => {
    const format = operation['document-format'] ?? PDF;
    if (format !== PDF && format !== ANY_FORMAT) throw new IppRefusal('client-error-document-format-not-supported');
    const attributes = wanted(describePrinter(machine), operation['requested-attributes'], ['all']);
    return { status: 'successful-ok', groups: [{ tag: 'printer', attributes }] };
  },
};

const nameOf = (operation: OperationAttributes) => operation['job-name'] ?? operation['document-name'] ?? 'untitled';

const statusFor = (ignored: readonly IppGroup[]) =>
  ignored.length > 0 ? 'successful-ok-ignored-or-substituted-attributes' : 'successful-ok';

function accepted(id: number, ignored: readonly IppGroup[], machine: IppMachine): IppAnswer {
  machine.times.came(id);
  return { status: statusFor(ignored), groups: [...ignored, jobGroup(id, machine)] };
}

const briefly: ReadonlySet<string> = new Set(['job-id', 'job-uri', 'job-state', 'job-state-reasons']);

function jobGroup(id: number, machine: IppMachine): IppGroup {
  const attributes = describeJob(jobOf({ 'job-id': id }, machine), machine);
  return { tag: 'job', attributes: attributes.filter(({ name }) => briefly.has(name)) };
}

function abortLater(id: number, { printer, awaited }: IppMachine): NodeJS.Timeout {
  const giveUp = () => {
    awaited.delete(id);
    const job = printer.state().jobs.get(id);
    if (job && isIncoming(job)) void printer.cancel(id);
  };
  return setTimeout(giveUp, DOCUMENT_AWAITED_MS).unref();
}

function jobOf(operation: OperationAttributes, { printer, url, jobHistory }: IppMachine): PrinterJob {
  const id = operation['job-id'] ?? Number(operation['job-uri']?.slice(`${url}/`.length));
  const job = printer.state().jobs.get(id);
  if (!job || (!jobHistory && isTerminal(job))) throw new IppRefusal('client-error-not-found');
  return job;
}

/** Not completed in the order of coming, completed the latest first (RFC 8011 §4.2.6.2). */
function chosenJobs(operation: OperationAttributes, { printer, jobHistory }: IppMachine): readonly PrinterJob[] {
  const { 'which-jobs': which = 'not-completed', 'my-jobs': mine = false } = operation;
  const user = userOf(operation['requesting-user-name']);
  const jobs = [...printer.state().jobs.values()].filter(
    (job) => (!mine || job.user === user) && (jobHistory || !isTerminal(job)),
  );
  if (which === 'not-completed') return jobs.filter((job) => !isTerminal(job));
  if (which === 'completed') return jobs.filter(isTerminal).reverse();
  if (which === 'all') return jobs;
  throw new IppRefusal('client-error-attributes-or-values-not-supported', [
    groupTyped('unsupported', tables.operation, { 'which-jobs': which }),
  ]);
}

const groupNames: Readonly<Record<string, (name: string) => boolean>> = {
  all: () => true,
  'job-template': (name) => Object.hasOwn(tables.template, name) || /-(default|supported|ready)$/.test(name),
  'job-description': (name) => !Object.hasOwn(tables.template, name),
  'printer-description': () => true,
};

function wanted(
  attributes: readonly IppAttribute[],
  names: readonly string[] | undefined,
  unasked: readonly string[],
): readonly IppAttribute[] {
  const asked = names ?? unasked;
  return attributes.filter(({ name }) => asked.some((word) => word === name || groupNames[word]?.(name)));
}
