/** The checksums that are verified on arrival and told again; others are accepted and never claimed. */
export type ChecksumName = 'sha256' | 'crc32';

/** Base64 digests; of an object put together of parts: the digest of the parts' digests, `-` and their number. */
export type Checksums = Readonly<Partial<Record<ChecksumName, string>>>;

/** One file below the data directory. */
export interface Blob {
  readonly id: string;
  readonly size: number;
}

export interface ObjectVersion {
  readonly key: string;
  readonly versionId: string;
  readonly latest: boolean;
  readonly deleteMarker: boolean;
  readonly size: number;
  /** Without quotes. */
  readonly eTag: string;
  /** Milliseconds since 1970, by the hub's clock. */
  readonly modifiedAt: number;
  /** The content type, user metadata and other headers that come back with the object. */
  readonly headers: Readonly<Record<string, string>>;
  readonly checksums: Checksums;
  /** The object's bytes, one file after the other: a multipart object is never copied together. */
  readonly blobs: readonly Blob[];
}

export interface NewObject {
  readonly bucket: string;
  readonly key: string;
  readonly eTag: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly checksums: Checksums;
  readonly blobs: readonly Blob[];
}

export interface MultipartUpload {
  readonly uploadId: string;
  readonly bucket: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The algorithm that every part has to carry, where the hub's store can verify it. */
  readonly checksum: ChecksumName | undefined;
  readonly initiatedAt: number;
}

export interface Part {
  readonly number: number;
  readonly eTag: string;
  readonly checksums: Checksums;
  readonly blob: Blob;
  readonly modifiedAt: number;
}
