/** nginx from Debian’s package, as a process of its own in a folder of its own, with the lines that docs/operations.md gives to a deployer. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { answers } from '@machikado/testkit';

const OPERATIONS = fileURLToPath(new URL('../docs/operations.md', import.meta.url));
export const STREAM_MODULE = '/usr/lib/nginx/modules/ngx_stream_module.so';
const START_MS_MAX = 10_000;

export interface Nginx {
  /** Everything that it writes lies here. */
  readonly dir: string;
  /** Of the level `warn` and worse. */
  errors(): string;
  close(): Promise<void>;
}

/**
 * The lines of operations.md that begin with this word, with the invented addresses, names and files in them replaced. Every one of these must
 * stand there, and none may be left over.
 */
export function operationsLines(word: 'stream' | 'server', places: Readonly<Record<string, string>>): string {
  const blocks = [...readFileSync(OPERATIONS, 'utf8').matchAll(/```nginx\n([\s\S]*?)```/g)].map(
    ([, text = '']) => text,
  );
  const lines = blocks.find((text) => text.startsWith(`${word} {`));
  if (lines === undefined) throw new RangeError(`operations.md has no lines for ${word}`);
  return Object.entries(places).reduce((text, [invented, real]) => {
    if (!text.includes(invented)) throw new RangeError(`${invented} does not stand in the lines for ${word}`);
    return text.replaceAll(invented, real);
  }, lines);
}

/** `ports`: where it listens once it is up. */
export async function startNginx(ports: readonly number[], parts: { stream?: string; http?: string }): Promise<Nginx> {
  const dir = mkdtempSync(join(tmpdir(), 'machikado-nginx-'));
  const at = (name: string) => join(dir, name);
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((what) => `${what}_temp_path ${at(what)};`);
  writeFileSync(
    at('nginx.conf'),
    [
      ...['daemon off;', 'worker_processes 1;', `pid ${at('pid')};`, `error_log ${at('errors')} warn;`],
      // Its workers would be somebody who may not even look into this folder.
      ...(process.getuid?.() === 0 ? ['user root;'] : []),
      ...[`load_module ${STREAM_MODULE};`, 'events { worker_connections 128; }'],
      ...(parts.stream ? [parts.stream] : []),
      ...(parts.http ? ['http {', ...temp, parts.http, '}'] : []),
      '',
    ].join('\n'),
  );
  const nginx = spawn('nginx', ['-p', dir, '-c', at('nginx.conf'), '-e', at('errors')], { stdio: 'ignore' });
  const ended = once(nginx, 'exit');
  const errors = () => (existsSync(at('errors')) ? readFileSync(at('errors'), 'utf8') : '');
  const close = async () => {
    nginx.kill();
    await ended;
    rmSync(dir, { recursive: true, force: true });
  };
  for (
    let waitedMs = 0;
    !(await Promise.all(ports.map((port) => answers({ port, host: '127.0.0.1' })))).every(Boolean);
    waitedMs += 50
  ) {
    if (nginx.exitCode !== null || waitedMs > START_MS_MAX) {
      const said = errors();
      await close();
      throw new Error(`nginx does not start: ${said}`);
    }
    await sleep(50);
  }
  return { dir, errors, close };
}
