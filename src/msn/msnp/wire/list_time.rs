//! List versions since MSNP10, which are timestamps.
//!
//! Source: docs/protocol/msnp.md §2.3 (SYN).

use crate::msn::common::number::decimal;

/// Parses a list version into nanoseconds since 1970, UTC:
/// `2005-04-23T18:57:44.8130000-07:00`, with any number of digits after the point.
/// Returns `None` if it is not a date from 1970 to 2199 with time and zone.
pub fn parse_timestamp(word: &[u8]) -> Option<i64> {
    let text = core::str::from_utf8(word).ok()?;
    let (date, time) = text.split_once('T')?;
    let mut date = date.splitn(3, '-').map(digits);
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let zone = time.find(['+', '-', 'Z'])?;
    let (time, zone) = (time.get(..zone)?, time.get(zone..)?);
    let (time, fraction) = time.split_once('.').unwrap_or((time, ""));
    let mut time = time.splitn(3, ':').map(digits);
    let (hour, minute, second) = (time.next()??, time.next()??, time.next()??);
    let is_real = (1970..2200).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second < 61;
    if !is_real {
        return None;
    }
    let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
    let seconds = seconds - offset(zone)?;
    Some(seconds * 1_000_000_000 + nanoseconds(fraction)?)
}

fn digits(text: &str) -> Option<i64> {
    decimal(text.as_bytes())
        .filter(|_| text.len() <= 4)
        .map(i64::from)
}

/// Offset of a zone such as `-07:00` from UTC, in seconds, negative west of it.
fn offset(zone: &str) -> Option<i64> {
    if zone == "Z" {
        return Some(0);
    }
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let seconds = digits(hours)? * 3_600 + digits(minutes)? * 60;
    Some(if zone.starts_with('-') {
        -seconds
    } else {
        seconds
    })
}

fn nanoseconds(fraction: &str) -> Option<i64> {
    let kept = fraction.get(..fraction.len().min(9))?;
    if kept.is_empty() {
        return Some(0);
    }
    let value = i64::from(decimal(kept.as_bytes())?);
    Some((kept.len()..9).fold(value, |value, _| value * 10))
}

/// Days from 1970-01-01 in the Gregorian calendar; years count from March, so that the
/// leap day is the last of its year.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap_days = year / 4 - year / 100 + year / 400;
    year * 365 + leap_days + (month * 153 + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_list_versions() {
        for (word, nanoseconds) in [
            ("1970-01-01T00:00:00.0-00:00", 0),
            ("2000-02-29T12:00:00Z", 951_825_600_000_000_000),
            // A leap second.
            ("2005-12-31T23:59:60Z", 1_136_073_600_000_000_000),
            ("2199-12-31T23:59:59Z", 7_258_118_399_000_000_000),
            (
                "2005-04-23T18:57:44.8130000-07:00",
                1_114_307_864_813_000_000,
            ),
            ("1970-01-01T00:00:00-07:30", 27_000_000_000_000),
            ("1970-01-01T07:30:00+07:30", 0),
            ("2008-08-08T21:11:20.753-07:00", 1_218_255_080_753_000_000),
        ] {
            assert_eq!(
                parse_timestamp(word.as_bytes()),
                Some(nanoseconds),
                "{word}"
            );
        }
        for word in [
            "14",
            "",
            "T",
            "2005-13-23T18:57:44Z",
            "2005-04-23T18:57:44",
            "0-0-0T0:0:0Z",
            "1969-12-31T23:59:59Z",
            "2200-01-01T00:00:00Z",
            "2005-00-01T00:00:00Z",
            "2005-01-00T00:00:00Z",
            "2005-01-32T00:00:00Z",
            "2005-01-01T24:00:00Z",
            "2005-01-01T00:60:00Z",
            "2005-01-01T00:00:61Z",
        ] {
            assert_eq!(parse_timestamp(word.as_bytes()), None, "{word}");
        }
    }
}
