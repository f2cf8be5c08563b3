/** A refusal of one upload, by code. Whatever else is thrown is a fault of ours. */
import type { SiteErrorCode } from '@machikado/protocol';

export class UploadRefused extends Error {
  override readonly name = 'UploadRefused';
  readonly code: SiteErrorCode;

  constructor(code: SiteErrorCode, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

export function refuseUpload(code: SiteErrorCode, cause?: unknown): never {
  throw new UploadRefused(code, { cause });
}
