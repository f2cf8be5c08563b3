/** multipart/form-data → upload, in memory alone: `back` (once or twice), `front`, or `scan` (pages in any order); `corners` as JSON. */

import { PatternCorners, SITE_FILES_MAX } from '@machikado/protocol';
import type { FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import { refuseUpload } from '../examination/refuse-upload.ts';
import type { Corners, Role, Upload, UploadedFile } from '../ports.ts';
import type { Holding } from './held-bytes.ts';

const roles: Readonly<Record<string, Role>> = { back: 'back', front: 'front', scan: 'either' };
const FIELD_BYTES_MAX = 1024;

const isCorners = Compile(PatternCorners);

export async function readUpload(request: FastifyRequest, uploadBytes: number, held: Holding): Promise<Upload> {
  if (!request.isMultipart()) refuseUpload('MALFORMED_UPLOAD');
  const files: UploadedFile[] = [];
  let corners: Corners | undefined;
  const limits = {
    ...{ fileSize: uploadBytes, files: SITE_FILES_MAX, fields: 2, parts: SITE_FILES_MAX + 2 },
    ...{ fieldNameSize: 32, fieldSize: FIELD_BYTES_MAX, headerPairs: 20 },
  };
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'file') {
        const role = Object.hasOwn(roles, part.fieldname) ? roles[part.fieldname] : undefined;
        const bytes = await bytesOf(part.file, held);
        if (!role) refuseUpload('MALFORMED_UPLOAD');
        // A form sends its empty file fields too.
        if (bytes.length > 0) files.push({ role, bytes });
      } else if (part.fieldname === 'corners') corners = cornersOf(part);
      else refuseUpload('MALFORMED_UPLOAD');
    }
  } catch (error) {
    refuseUpload(codeOf(error), error);
  }
  if (files.length === 0) refuseUpload('NO_PICTURE');
  return { files, ...(corners && { corners }) };
}

async function bytesOf(file: AsyncIterable<Buffer> & { readonly truncated: boolean }, held: Holding): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of file) {
    if (!held.add(part.length)) refuseUpload('BUSY');
    parts.push(part);
  }
  if (file.truncated) refuseUpload('TOO_LARGE');
  return Buffer.concat(parts);
}

/** A part that calls itself JSON has been read as such already. */
function cornersOf({ mimetype, value: text }: { readonly mimetype: string; readonly value: unknown }): Corners {
  try {
    const value: unknown = mimetype === 'application/json' ? text : JSON.parse(String(text));
    if (isCorners.Check(value)) return value as unknown as Corners;
  } catch {
    // Neither JSON nor corners.
  }
  return refuseUpload('MALFORMED_UPLOAD');
}

function codeOf(error: unknown) {
  const { code, name } = error as { code?: string; name?: string };
  if (name === 'UploadRefused') return code as 'MALFORMED_UPLOAD';
  if (code === 'FST_REQ_FILE_TOO_LARGE' || code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'TOO_LARGE';
  if (code === 'FST_FILES_LIMIT' || code === 'FST_PARTS_LIMIT') return 'TOO_MANY_PICTURES';
  return 'MALFORMED_UPLOAD';
}
