/** Where a printer is. Certificates never cross a network in the clear: `ipp:` reaches this machine only, everything else is `ipps:`. */
const DEFAULT_PORT = '631';
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

export class PrinterUrlError extends Error {
  override readonly name = 'PrinterUrlError';
  readonly code: 'not-ipp' | 'in-the-clear' | 'with-password';

  constructor(code: PrinterUrlError['code']) {
    super(code);
    this.code = code;
  }
}

export interface PrinterUrl {
  /** As it goes into `printer-uri`. */
  readonly uri: string;
  readonly http: URL;
}

export function parsePrinterUrl(text: string): PrinterUrl {
  const [, scheme, rest] = /^(ipps?):\/\/(.+)$/.exec(text) ?? [];
  const asHttp = `${scheme === 'ipps' ? 'https' : 'http'}://${rest}`;
  if (!scheme || !URL.canParse(asHttp)) throw new PrinterUrlError('not-ipp');
  const http = new URL(asHttp);
  if (http.username || http.password) throw new PrinterUrlError('with-password');
  if (scheme === 'ipp' && !LOOPBACK.test(http.hostname)) throw new PrinterUrlError('in-the-clear');
  const uri = `${scheme}://${http.host}${http.pathname}`;
  if (http.port === '' && !/:(80|443)(\/|$)/.test(rest ?? '')) http.port = DEFAULT_PORT;
  return { uri, http };
}
