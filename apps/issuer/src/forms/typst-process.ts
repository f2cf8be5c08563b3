/**
 * Runs in a child process: one document at a time. The form reads its data from a file of JSON beside the forms, which is never on a disk: it is
 * put before the compiler for this one document and taken away again. (Were the data an input of the program, Typst would take everything that
 * it remembers for part of another program.) Data is never read as markup.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { toDeviceColours } from './device-colours.ts';
import type { WorkerAnswer, WorkerJob } from './typesetter.ts';

const compilers = new Map<string, NodeCompiler>();
/** What was not used for so many documents is forgotten; looking through it all is dear, so it is done now and then. */
const REMEMBERED = 10;
let documents = 0;

export default function typeset({ workspace, mainFile, fontFiles, data }: WorkerJob): WorkerAnswer {
  const compiler = compilerOf(workspace, fontFiles);
  const compiled = withFile(compiler, join(workspace, 'data.json'), data, () =>
    compiler.compile({ mainFilePath: mainFile }),
  );
  const document = compiled.result;
  if (!document) return answerTo(messageOf(compiler, compiled.takeError()));
  const pdf = toDeviceColours(compiler.pdf(document));
  const pages = document.numOfPages;
  documents += 1;
  if (documents % REMEMBERED === 0) compiler.evictCache(1);
  return { pdf, pages };
}

function withFile<T>(compiler: NodeCompiler, path: string, content: string, work: () => T): T {
  compiler.mapShadow(path, Buffer.from(content));
  try {
    return work();
  } finally {
    compiler.unmapShadow(path);
  }
}

function compilerOf(workspace: string, fontFiles: readonly string[]): NodeCompiler {
  const known = compilers.get(workspace);
  if (known) return known;
  const fontBlobs = fontFiles.map((file) => readFileSync(file));
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs }] });
  // Else the compiler reads them again for each document. Forms change with a build and a restart, never while a server runs.
  for (const file of formFilesIn(workspace)) compiler.mapShadow(file, readFileSync(file));
  compilers.set(workspace, compiler);
  return compiler;
}

function formFilesIn(workspace: string): string[] {
  const files = readdirSync(workspace, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => /\.(typ|json)$/.test(file)).map((file) => join(workspace, file));
}

function messageOf(
  compiler: NodeCompiler,
  error: ReturnType<ReturnType<NodeCompiler['compile']>['takeError']>,
): string {
  return error ? String(compiler.fetchDiagnostics(error)[0]?.message ?? error.compilationStatus) : 'no document';
}

/** The form stops with the name of a cell. Other messages of the compiler may quote data, so only their first words go on. */
function answerTo(message: string): WorkerAnswer {
  const cell = /does not fit: ([A-Za-z0-9 ]+)/.exec(message)?.[1];
  return cell ? { doesNotFit: cell.trim() } : { failed: message.slice(0, 60).replace(/[^\x20-\x7e]/g, '?') };
}
