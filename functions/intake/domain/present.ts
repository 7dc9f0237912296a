import type { StoredUpload, Upload } from '../../../schemas/contracts/uploads.ts';

/** What a provider sees of its upload: everything but how the hub goes about it. */
export function present(upload: StoredUpload): Upload {
  const {
    key: _key,
    session: _session,
    multipart: _multipart,
    pieces: _pieces,
    settled: _settled,
    object: _object,
    epoch: _epoch,
    leaseUntil: _lease,
    reportKey: _report,
    fixFileKey: _fixFile,
    lookAgainAt: _look,
    unprofiled: _unprofiled,
    ...shown
  } = upload;
  return shown;
}
