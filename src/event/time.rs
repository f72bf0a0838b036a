//! Points in time as text.

use jiff::Timestamp;

/// Nanoseconds since 1970, UTC, as RFC 3339 with microseconds, or with nanoseconds if it has
/// them.
pub(crate) fn utc(nanoseconds: i64) -> String {
    let digits = if nanoseconds % 1_000 == 0 { 6 } else { 9 };
    let time = Timestamp::from_nanosecond(i128::from(nanoseconds));
    time.map_or_else(
        |_| nanoseconds.to_string(),
        |time| format!("{time:.digits$}"),
    )
}
