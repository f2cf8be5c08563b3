/** A worker thread starts as plain JavaScript: tsx teaches TypeScript to main threads only, so this one asks for it. */
import { register } from 'tsx/esm/api';

register();

await import('./paper-worker.ts');
