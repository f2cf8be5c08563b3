/**
 * Which browser the tests use: a Chromium on PATH, else the one that comes from npm, unpacked once beside the other packages. Its libraries and
 * fonts come along, so a machine needs nothing but Node and npm.
 */
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface ChromiumProgram {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

const names = ['chromium', 'chromium-browser', 'google-chrome'];

export function chromiumProgram(): ChromiumProgram {
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((dir) => names.map((name) => join(dir, name)))
    .find(isExecutable);
  return onPath ? { path: onPath, env: {} } : unpacked();
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function unpacked(): ChromiumProgram {
  const packageDir = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../..');
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string };
  const cache = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));
  const dir = join(cache, `chromium-${version}`);
  if (!existsSync(dir)) unpackInto(dir);
  return {
    path: join(dir, 'chromium'),
    // No font of the machine: letters that the page does not bring along are missing here too.
    env: { FONTCONFIG_PATH: join(dir, 'fonts'), LD_LIBRARY_PATH: join(dir, 'al2023', 'lib') },
  };
}

/** The package unpacks into the folder for temporary files, and its libraries only where it believes to be on Amazon Linux. */
function unpackInto(dir: string): void {
  mkdirSync(dirname(dir), { recursive: true });
  const begun = mkdtempSync(`${dir}-`);
  const script = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: dirname(fileURLToPath(import.meta.url)),
    env: { ...process.env, TMPDIR: begun, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the browser could not be unpacked: ${stderr}`);
  // As it comes, it looks for its fonts in /tmp/fonts.
  writeFileSync(join(begun, 'fonts', 'fonts.conf'), fontsIn(join(dir, 'fonts')));
  try {
    renameSync(begun, dir);
  } catch (error) {
    // Another process was faster.
    rmSync(begun, { recursive: true });
    if (!existsSync(dir)) throw error;
  }
}

const fontsIn = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${inXml(folder)}</dir>
  <cachedir>${inXml(join(folder, 'cache'))}</cachedir>
</fontconfig>
`;

/** A folder for temporary files may be called anything. */
const inXml = (text: string) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
