/** Bytes or text from outside that do not have the one form we accept. The only thing the parsers of this package throw. */
export class MalformedInput extends Error {
  override readonly name = 'MalformedInput';
}

export function malformed(what: string): never {
  throw new MalformedInput(what);
}
