/**
 * 組版: data of a form in, finished PDF out, by Typst in child processes. The answer is the return value of the same call: no
 * spool, no shared file, no “next” document. The native compiler keeps some memory of each document, so its processes are
 * replaced after a number of them; a deadline kills the process and with it whatever was begun.
 */
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Tinypool } from 'tinypool';
import { chooseFonts } from './font-choices.ts';
import { type Font, loadFonts } from './font-manifest.ts';
import { type FormEdition, formFolder } from './form-contract.ts';
import type { FormData } from './form-data.ts';
import { type LettersTable, municipalFonts } from './letters-table.ts';

export interface Typesetter {
  /** Rejects with DoesNotFit when a text is too long for its cell, with the signal’s reason when the asker gave up. */
  typeset(job: TypesetJob): Promise<TypesetDocument>;
  /** Those of one municipality, by its 外字表; throws when a table names a font that is not there. */
  fontsFor(letters: readonly LettersTable[]): readonly Font[];
  close(): Promise<void>;
}

export interface TypesetJob {
  readonly form: FormEdition;
  readonly data: FormData;
  /** 外字表 of the municipality. */
  readonly letters?: readonly LettersTable[];
  readonly signal?: AbortSignal;
}

export interface TypesetDocument {
  readonly pdf: Uint8Array;
  readonly pages: number;
}

/** A text would have to be set smaller than can be read. `cell` names the cell, never what stands in it. */
export class DoesNotFit extends Error {
  override readonly name = 'DoesNotFit';
  readonly cell: string;

  constructor(cell: string) {
    super(`too long for its cell: ${cell}`);
    this.cell = cell;
  }
}

export interface WorkerJob {
  /** The folder of all forms: a form uses the library beside it. */
  readonly workspace: string;
  readonly mainFile: string;
  readonly fontFiles: readonly string[];
  /** JSON. */
  readonly data: string;
}
export type WorkerAnswer =
  | { readonly pdf: Uint8Array; readonly pages: number }
  | { readonly doesNotFit: string }
  | { readonly failed: string };

const DOCUMENTS_PER_PROCESS = 1000;
const NO_TABLES: readonly LettersTable[] = [];

export function createTypesetter({
  workers,
  fontDirs,
  documentsPerProcess = DOCUMENTS_PER_PROCESS,
}: {
  readonly workers: number;
  /** Folders with a `fonts.json` each, tried before the default font. */
  readonly fontDirs?: readonly string[];
  readonly documentsPerProcess?: number;
}): Typesetter {
  const fonts = loadFonts(fontDirs);
  const fontFiles = [...new Set(fonts.map(({ file }) => file))];
  // What was looked up in a font is remembered by the list that it stands in, so each municipality keeps its own.
  const lists = new WeakMap<readonly LettersTable[], readonly Font[]>();
  const fontsFor = (letters: readonly LettersTable[]) => {
    const list = lists.get(letters) ?? municipalFonts(fonts, letters);
    lists.set(letters, list);
    return list;
  };
  const pool = createPool(workers);
  let documents = 0;
  return {
    fontsFor,
    async typeset({ form, data, letters = NO_TABLES, signal }) {
      signal?.throwIfAborted();
      documents += 1;
      if (documents % (documentsPerProcess * workers) === 0) void pool.recycleWorkers();
      const answer = await pool
        .run(jobOf(form, data, fontsFor(letters), fontFiles), { signal: signal ?? null })
        .catch((error: unknown) => {
          signal?.throwIfAborted();
          throw error;
        });
      return finished(answer as WorkerAnswer);
    },
    close: () => pool.destroy(),
  };
}

function createPool(workers: number): Tinypool {
  const pool = new Tinypool({
    runtime: 'child_process',
    serialization: 'advanced',
    filename: fileURLToPath(new URL('./typst-process.ts', import.meta.url)),
    execArgv: ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href],
    minThreads: workers,
    maxThreads: workers,
  });
  // A process that dies between two documents is replaced; one that dies in the middle rejects its call.
  pool.on('error', () => {});
  return pool;
}

function jobOf(form: FormEdition, data: FormData, fonts: readonly Font[], fontFiles: readonly string[]): WorkerJob {
  return {
    workspace: fileURLToPath(form.root),
    mainFile: fileURLToPath(new URL('form.typ', formFolder(form))),
    fontFiles,
    data: JSON.stringify({ ...data, ...chooseFonts(JSON.stringify(data), fonts) }),
  };
}

function finished(answer: WorkerAnswer): { pdf: Uint8Array; pages: number } {
  if ('doesNotFit' in answer) throw new DoesNotFit(answer.doesNotFit);
  if ('failed' in answer) throw new Error(`the form does not compile: ${answer.failed}`);
  return { pdf: new Uint8Array(answer.pdf), pages: answer.pages };
}
