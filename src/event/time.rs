//! Points in time as text.

use jiff::Timestamp;

/// Nanoseconds since 1970, UTC, as RFC 3339 with the digits that it has.
pub(crate) fn utc(nanoseconds: i64) -> String {
    let time = Timestamp::from_nanosecond(i128::from(nanoseconds));
    time.map_or_else(|_| nanoseconds.to_string(), |time| time.to_string())
}
