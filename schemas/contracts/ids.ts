import * as z from 'zod';

/** A department of the registry, e.g. `tax` or `district-xicheng`. */
export const DepartmentId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens, at most 40')
  .brand<'DepartmentId'>();
export type DepartmentId = z.infer<typeof DepartmentId>;

/** A catalogued data set, named by its provider, e.g. `legal-entities`. */
export const ResourceId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, 'lower-case letters, digits and hyphens, at most 63')
  .brand<'ResourceId'>();
export type ResourceId = z.infer<typeof ResourceId>;

/** 26 characters of Crockford's base 32: a ULID, or 130 bits of a digest where an id must be the same at every retry. */
const id26 = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, '26 characters of Crockford base 32');

export const AgreementId = id26.brand<'AgreementId'>();
export type AgreementId = z.infer<typeof AgreementId>;

export const UploadId = id26.brand<'UploadId'>();
export type UploadId = z.infer<typeof UploadId>;

/** Derived from (agreement, terms version, dataset version), so that a retry meets its own earlier attempt. */
export const DeliveryId = id26.brand<'DeliveryId'>();
export type DeliveryId = z.infer<typeof DeliveryId>;

/** Derived from (resource, dataset version, extract specification): equal extracts share one object. */
export const ExtractId = id26.brand<'ExtractId'>();
export type ExtractId = z.infer<typeof ExtractId>;

/** An application that several departments share data for, named by its lead department, e.g. `emergency`. */
export const ThemeId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,49}$/, 'lower-case letters, digits and hyphens, at most 50')
  .brand<'ThemeId'>();
export type ThemeId = z.infer<typeof ThemeId>;

export const DemandId = id26.brand<'DemandId'>();
export type DemandId = z.infer<typeof DemandId>;

/** Many proposals that were made as one act. */
export const SchemeId = id26.brand<'SchemeId'>();
export type SchemeId = z.infer<typeof SchemeId>;

export const CorrectionId = id26.brand<'CorrectionId'>();
export type CorrectionId = z.infer<typeof CorrectionId>;

/** One question for records by their keys, and its proof. */
export const LookupId = id26.brand<'LookupId'>();
export type LookupId = z.infer<typeof LookupId>;
/** A list that is compared with a resource. */
export const ComparisonId = id26.brand<'ComparisonId'>();
export type ComparisonId = z.infer<typeof ComparisonId>;

/** Keys that a consumer lodged, to be told when their records change. */
export const WatchId = id26.brand<'WatchId'>();
export type WatchId = z.infer<typeof WatchId>;

/** An order to compare two resources again and again. */
export const ReconciliationId = id26.brand<'ReconciliationId'>();
export type ReconciliationId = z.infer<typeof ReconciliationId>;

/** Derived from what happened and whom it is told, so that a notice sent twice is the same notice. */
export const NoticeId = id26.brand<'NoticeId'>();
export type NoticeId = z.infer<typeof NoticeId>;

export const EvidenceId = id26.brand<'EvidenceId'>();
export type EvidenceId = z.infer<typeof EvidenceId>;

/** Counted from 1: resource versions, terms versions, dataset versions, upload sequence numbers. */
export const VersionNumber = z.int().min(1).max(999_999_999);

/** UTC, RFC 3339 with `Z`, e.g. `2026-12-01T02:00:04.120Z`. */
export const Instant = z.iso.datetime();

/** A calendar day in the hub's time zone, `YYYY-MM-DD`. */
export const CalendarDate = z.iso.date();

const BASE64_OF_32 = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;

/** Base64 SHA-256: 44 characters. */
export const Sha256 = z.string().regex(BASE64_OF_32, 'base64 of 32 bytes');

/** What both sides of a blind comparison are keyed by: 32 random bytes, base64, known to its consumer alone. */
export const RunKey = z.string().regex(BASE64_OF_32, 'base64 of 32 bytes');
