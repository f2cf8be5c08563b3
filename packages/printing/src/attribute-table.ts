/** Attributes that somebody here reads or writes, one row each (RFC 8011, PWG 5100.13, PWG 5100.9). */
import * as is from './attribute-syntax.ts';
import { operations } from './ipp-codes.ts';

const { one, several } = is;

export const jobStates = {
  pending: 3,
  'pending-held': 4,
  processing: 5,
  'processing-stopped': 6,
  canceled: 7,
  aborted: 8,
  completed: 9,
} as const;
export type IppJobState = keyof typeof jobStates;

export const printerStates = { idle: 3, processing: 4, stopped: 5 } as const;
const orientations = { portrait: 3, landscape: 4, 'reverse-landscape': 5, 'reverse-portrait': 6 } as const;
const qualities = { draft: 3, normal: 4, high: 5 } as const;
const finishings = { none: 3 } as const;

export const operationAttributes = {
  'attributes-charset': one(is.charset),
  'attributes-natural-language': one(is.naturalLanguage),
  'printer-uri': one(is.uri),
  'job-uri': one(is.uri),
  'job-id': one(is.integer),
  'requesting-user-name': one(is.name),
  'job-name': one(is.name),
  'document-name': one(is.name),
  'document-format': one(is.mimeMediaType),
  'ipp-attribute-fidelity': one(is.boolean),
  compression: one(is.keyword),
  'last-document': one(is.boolean),
  'requested-attributes': several(is.keyword),
  'which-jobs': one(is.keyword),
  'my-jobs': one(is.boolean),
  limit: one(is.integer),
  'status-message': one(is.words),
  'notify-subscription-ids': several(is.integer),
  'notify-sequence-numbers': several(is.integer),
  'notify-wait': one(is.boolean),
} as const;

/** Events that the printer keeps until they are fetched (RFC 3995, 3996). */
export const subscriptionAttributes = {
  'notify-events': several(is.keyword),
  'notify-pull-method': one(is.keyword),
  'notify-lease-duration': one(is.integer),
  'notify-subscription-id': one(is.integer),
} as const;

/** What a job asks for. */
export const jobTemplate = {
  copies: one(is.integer),
  'page-ranges': several(is.range),
  sides: one(is.keyword),
  media: one(is.keywordOrName),
  'print-scaling': one(is.keyword),
  'print-color-mode': one(is.keyword),
} as const;

/** What a job is. */
export const jobAttributes = {
  ...jobTemplate,
  'job-id': one(is.integer),
  'job-uri': one(is.uri),
  'job-printer-uri': one(is.uri),
  'job-name': one(is.name),
  'job-originating-user-name': one(is.name),
  'job-state': one(is.enumOf(jobStates)),
  'job-state-reasons': several(is.keyword),
  'job-impressions': one(is.integer),
  'job-impressions-completed': one(is.integer),
  'job-media-sheets': one(is.integer),
  'job-media-sheets-completed': one(is.integer),
  'number-of-documents': one(is.integer),
  'job-printer-up-time': one(is.integer),
  'time-at-creation': one(is.integer),
  'time-at-processing': one(is.integer),
  'time-at-completed': one(is.integer),
} as const;

/** A job as an event tells it. */
export const jobEventAttributes = {
  'notify-sequence-number': one(is.integer),
  'notify-job-id': one(is.integer),
  'job-name': jobAttributes['job-name'],
  'job-state': jobAttributes['job-state'],
  'job-state-reasons': jobAttributes['job-state-reasons'],
  'job-impressions-completed': jobAttributes['job-impressions-completed'],
} as const;

export const printerAttributes = {
  'charset-configured': one(is.charset),
  'charset-supported': several(is.charset),
  'color-supported': one(is.boolean),
  'compression-supported': several(is.keyword),
  'copies-default': one(is.integer),
  'copies-supported': one(is.range),
  'document-format-default': one(is.mimeMediaType),
  'document-format-supported': several(is.mimeMediaType),
  'finishings-default': several(is.enumOf(finishings)),
  'finishings-supported': several(is.enumOf(finishings)),
  'generated-natural-language-supported': several(is.naturalLanguage),
  'ipp-versions-supported': several(is.keyword),
  'job-creation-attributes-supported': several(is.keyword),
  'media-default': one(is.keywordOrName),
  'media-ready': several(is.keywordOrName),
  'media-supported': several(is.keywordOrName),
  'multiple-document-jobs-supported': one(is.boolean),
  'multiple-operation-time-out': one(is.integer),
  'natural-language-configured': one(is.naturalLanguage),
  'operations-supported': several(is.enumOf(operations)),
  'orientation-requested-default': one(is.enumOf(orientations)),
  'orientation-requested-supported': several(is.enumOf(orientations)),
  'output-bin-default': one(is.keywordOrName),
  'output-bin-supported': several(is.keywordOrName),
  'page-ranges-supported': one(is.boolean),
  'pages-per-minute': one(is.integer),
  'pages-per-minute-color': one(is.integer),
  'pdl-override-supported': one(is.keyword),
  'print-color-mode-default': one(is.keyword),
  'print-color-mode-supported': several(is.keyword),
  'print-quality-default': one(is.enumOf(qualities)),
  'print-quality-supported': several(is.enumOf(qualities)),
  'print-scaling-default': one(is.keyword),
  'print-scaling-supported': several(is.keyword),
  'printer-current-time': one(is.dateTime),
  'printer-info': one(is.words),
  'printer-input-tray': several(is.asciiOctets),
  'printer-is-accepting-jobs': one(is.boolean),
  'printer-location': one(is.words),
  'printer-make-and-model': one(is.words),
  'printer-name': one(is.name),
  'printer-output-tray': several(is.asciiOctets),
  'printer-resolution-default': one(is.resolution),
  'printer-resolution-supported': several(is.resolution),
  'printer-state': one(is.enumOf(printerStates)),
  'printer-state-reasons': several(is.keyword),
  'printer-supply': several(is.asciiOctets),
  'printer-supply-description': several(is.words),
  'printer-up-time': one(is.integer),
  'printer-uri-supported': several(is.uri),
  'marker-colors': several(is.name),
  'marker-levels': several(is.integer),
  'marker-names': several(is.name),
  'marker-types': several(is.keyword),
  'queued-job-count': one(is.integer),
  'sides-default': one(is.keyword),
  'sides-supported': several(is.keyword),
  'uri-authentication-supported': several(is.keyword),
  'uri-security-supported': several(is.keyword),
  'which-jobs-supported': several(is.keyword),
} as const;
