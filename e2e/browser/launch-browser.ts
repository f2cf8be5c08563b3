/**
 * A browser with a profile folder of its own, which stays behind to be searched. Sandbox aside (tests run as root), it is as strict as on a
 * kiosk: CSP and same-origin rules hold.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumProgram } from './chromium-program.ts';

/** Of a multi-copier’s panel, and of a tall one. */
export const sizes = { wide: { width: 1280, height: 1024 }, tall: { width: 1080, height: 1920 } } as const;
export type Size = keyof typeof sizes;

export interface Browser {
  readonly context: BrowserContext;
  readonly profileDir: string;
  open(url: string): Promise<Page>;
  /** Ends the program; the profile stays. */
  quit(): Promise<void>;
  /** Also throws the profile away. */
  close(): Promise<void>;
}

export interface Sight {
  readonly size?: Size;
  /**
   * `rough`, where nobody looks: a fifth of the pixels each way (borders are never thinner than one), and letters of any font that lies here.
   * `none`: no frame is drawn at all. Only for who asks the page itself: a mouse waits for a frame.
   */
  readonly drawing?: 'full' | 'rough' | 'none';
  /** A film (.mjpeg) that the camera sees; without one there is no camera. */
  readonly film?: string;
}

const flags = [
  ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];
/** Loading and unpacking the fonts of the screen costs half of what a use at the glass costs, drawing it half of the rest. */
const rough = ['--disable-remote-fonts'];
const drawings = {
  full: [],
  rough,
  none: [...rough, '--enable-begin-frame-control', '--renderer-process-limit=1'],
} as const;

const cameraFlags = (film: string) => [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
];

export async function launchBrowser({ size = 'wide', drawing = 'full', film }: Sight = {}): Promise<Browser> {
  const { path, env } = chromiumProgram();
  const profileDir = mkdtempSync(join(tmpdir(), 'machikado-profile-'));
  const context = await chromium.launchPersistentContext(profileDir, {
    executablePath: path,
    env: { ...process.env, ...env } as Record<string, string>,
    args: [...flags, ...drawings[drawing], ...(film ? cameraFlags(film) : [])],
    chromiumSandbox: false,
    viewport: sizes[size],
    deviceScaleFactor: drawing === 'full' ? 1 : 0.2,
    hasTouch: true,
    // Nobody looks at movements here, and pictures are the same each time.
    reducedMotion: 'reduce',
  });
  return {
    context,
    profileDir,
    async open(url) {
      const page = await context.newPage();
      await page.goto(url);
      return page;
    },
    quit: () => context.close(),
    async close() {
      await context.close();
      rmSync(profileDir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
