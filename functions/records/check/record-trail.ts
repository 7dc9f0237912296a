/** Follows a check from record to record, where keys are compared elsewhere than in it. */
export interface RecordTrail {
  /** A record's cells are judged from here on, perhaps a second time. @param record its number among those read, from 0 */
  begin(record: number): void;
  /** The record is judged. @param isAccepted by what is known of its keys here */
  end(isAccepted: boolean): void;
}
