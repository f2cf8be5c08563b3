/** Where the kiosk’s screen will be, as its own config file says: the one origin that the workbench’s page may frame. */
import { readFileSync } from 'node:fs';
import { ConfigError } from '@machikado/server';

export function screenOriginOf(configFile: string): string {
  const port = portIn(configFile);
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new ConfigError(`${configFile}: names no screen.port`);
  return `http://127.0.0.1:${port}`;
}

function portIn(configFile: string): number {
  try {
    const { screen } = JSON.parse(readFileSync(configFile, 'utf8')) as { screen?: { port?: unknown } };
    return Number(screen?.port);
  } catch {
    return Number.NaN;
  }
}
