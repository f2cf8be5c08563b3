/**
 * Rows never cross a network in the clear. On this machine a plain connection will do; to any other one the URL must ask for TLS
 * with a checked cert and name (`sslmode=verify-full`), for the driver’s default is none at all.
 */
const HERE = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?|\/.*)$/;

export function refuseInTheClear(url: string): void {
  const { hostname, searchParams } = new URL(url);
  // As the driver reads them: a parameter outweighs the address, the last of several counts.
  const host = searchParams.getAll('host').at(-1) ?? decodeURIComponent(hostname);
  if (HERE.test(host) || searchParams.getAll('sslmode').at(-1) === 'verify-full') return;
  throw new RangeError('a database on another machine needs sslmode=verify-full in its URL');
}
