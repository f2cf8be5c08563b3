import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parsePrinterUrl } from './ipp-url.ts';

const taken = [
  ['ipp://localhost/ipp/print', 'http://localhost:631/ipp/print'],
  ['ipp://127.0.0.1:8631/ipp/print', 'http://127.0.0.1:8631/ipp/print'],
  ['ipp://[::1]/printers/kiosk', 'http://[::1]:631/printers/kiosk'],
  ['ipps://printer.example/ipp/print', 'https://printer.example:631/ipp/print'],
  ['ipps://192.0.2.7:443/ipp/print', 'https://192.0.2.7/ipp/print'],
] as const;

test.each(taken)('%s', (url, http) => {
  assert.equal(parsePrinterUrl(url).http.href, http);
});

const refused = [
  ['ipp://printer.example/ipp/print', 'in-the-clear'],
  ['ipp://192.0.2.7/ipp/print', 'in-the-clear'],
  ['ipp://127.0.0.1.example/ipp/print', 'in-the-clear'],
  ['ipp://localhost:1@printer.example/', 'with-password'],
  ['http://localhost/ipp/print', 'not-ipp'],
  ['ipp://', 'not-ipp'],
] as const;

test.each(refused)('%s is refused', (url, code) => {
  assert.throws(() => parsePrinterUrl(url), { code });
});
