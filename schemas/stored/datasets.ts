import * as z from 'zod';
import { InputName } from '../contracts/derivation.ts';
import { AgreementId, DepartmentId, Instant, ResourceId, Sha256, UploadId, VersionNumber } from '../contracts/ids.ts';
import { Dataset, UnfitReason } from '../contracts/resources.ts';

/** A piece of a stored dataset. */
export const DatasetObject = z.strictObject({
  key: z.string(),
  versionId: z.string(),
  bytes: z.int().min(0),
  sha256: Sha256,
});
export type DatasetObject = z.infer<typeof DatasetObject>;

/** An agreement that a dataset rests on, at the terms by which its records were cut. */
export const RestsOn = z.strictObject({ agreementId: AgreementId, termsVersion: VersionNumber });
export type RestsOn = z.infer<typeof RestsOn>;

/** The dataset of an input that a derived one was made of; none where the input was lost. */
export const InputVersion = z.strictObject({
  resourceId: ResourceId,
  datasetVersion: VersionNumber.optional(),
  /** Absent where it is the owner's own. */
  agreement: RestsOn.optional(),
});
export type InputVersion = z.infer<typeof InputVersion>;

/** What a dataset version was made of: a file, records that were posted, or other datasets. */
export const Origin = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('upload'), uploadId: UploadId }),
  z.strictObject({ kind: z.literal('records'), uploadId: UploadId }),
  z.strictObject({
    kind: z.literal('derivation'),
    /** Digest of what the run was given: the same run makes the same version. */
    run: Sha256,
    inputs: z.record(InputName, InputVersion),
    /** All agreements that it rests on, also by way of inputs that are derived themselves. */
    restsOn: z.array(RestsOn),
    /** It has the records that entered alone, which no other version has. */
    entering: z.literal(true).optional(),
  }),
]);
export type Origin = z.infer<typeof Origin>;

/**
 * A dataset as stored: the columns that it has, in the order of the file, and its objects, which one behind the other are
 * its bytes. Its SHA-256 is that of its only object, or that of the raw digests of its several objects.
 */
export const StoredDataset = z.strictObject({
  ...Dataset.shape,
  provider: DepartmentId,
  /** Not written down before there were others than uploads. */
  origin: Origin.optional(),
  columns: z.array(z.string()),
  objects: z.array(DatasetObject).min(1),
  /** Of a resource that never was offered for anything but deliveries: nobody makes another form of it. */
  offered: z.literal('for-deliveries').optional(),
});
export type StoredDataset = z.infer<typeof StoredDataset>;

/** A column of the dataset by its name, and the columns of the Parquet file that have its text and its ordered text. */
export const RepresentedColumn = z.strictObject({
  field: z.string(),
  text: z.string(),
  /** None where the text is its own ordered text. */
  ordered: z.string().optional(),
});
export type RepresentedColumn = z.infer<typeof RepresentedColumn>;

const ofVersion = {
  resourceId: ResourceId,
  datasetVersion: VersionNumber,
  form: z.literal('parquet'),
  /** Number of the attempt, from 1. */
  epoch: z.int().min(1),
};

/** A file that can be read. */
const file = {
  columns: z.array(RepresentedColumn).min(1),
  /** The fields of the primary key, in its order; none: the file is in the order of the records. */
  keyFields: z.array(z.string()).optional(),
  rows: z.int().min(0),
  /** Digest of all values, the same over the CSV and over the file. */
  values: z.string(),
  object: DatasetObject,
  /** The object's end, whose digest proves every part that is read by itself (functions/adapters/parquet/seal-file.ts). */
  tail: z.strictObject({ bytes: z.int().min(1), sha256: Sha256 }),
  madeAt: Instant,
  /** How many use it: it stays as long. */
  holds: z.int().min(0),
};

/** A dataset version in another form than its CSV: being made, made, on its way out, or never to be made. */
export const StoredRepresentation = z.discriminatedUnion('state', [
  z.strictObject({ ...ofVersion, state: z.literal('making'), leaseUntil: Instant }),
  z.strictObject({ ...ofVersion, state: z.literal('made'), ...file }),
  z.strictObject({ ...ofVersion, state: z.literal('dropping'), ...file }),
  z.strictObject({ ...ofVersion, state: z.literal('unfit'), reason: UnfitReason, foundAt: Instant }),
]);
export type StoredRepresentation = z.infer<typeof StoredRepresentation>;
export type RepresentationIn<State extends StoredRepresentation['state']> = Extract<
  StoredRepresentation,
  { state: State }
>;

/** Who uses a representation, for as long as that takes. */
export const RepresentationHold = z.object({ by: z.string() });
