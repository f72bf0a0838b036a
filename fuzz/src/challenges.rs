//! Challenges of the notification server, and the responses to them.

use imshark::msn::msnp::wire::challenge::{check, key, Algorithm, ChallengeVerdict};

use crate::invariants::{bounded, held};

/// Products, with an unknown one.
const PRODUCTS: [&[u8]; 4] = [
    b"PROD0038W!61ZTF9",
    b"PROD0090YUAUV{2B",
    b"PROD0119GSJUC$18",
    b"PROD0001XXXXXXXX",
];

/// A byte each of product (ff: the challenge, too), of dialect, and of the digit of the
/// response that is changed; then the challenge.
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let [product, dialect, digit, challenge @ ..] = data else {
            return;
        };
        let product = match product {
            0xff => challenge,
            _ => PRODUCTS[usize::from(product & 3)],
        };
        let dialect = Some(*dialect);
        let verdict = check(dialect, product, challenge, b"");
        let is_known = key(product).is_some();
        assert_eq!(is_known, verdict != ChallengeVerdict::UnknownProduct);
        if !is_known {
            let none = check(None, product, challenge, b"");
            assert_eq!(none, ChallengeVerdict::UnknownProduct);
            return;
        }
        let ChallengeVerdict::Wrong { expected } = verdict else {
            panic!("{verdict:?} of no response");
        };
        assert!(expected.is_ascii());
        right(dialect, product, challenge, expected);
        wrong(dialect, product, challenge, expected, *digit);
        held(|| "the response that is expected is right".into());
    });
}

/// The response that is said to be expected is the right one, in either case of letters.
fn right(dialect: Option<u8>, product: &[u8], challenge: &[u8], expected: [u8; 32]) {
    let right = dialect.map(|dialect| ChallengeVerdict::Right(Algorithm::of(dialect)));
    for response in [expected, expected.map(|digit| digit.to_ascii_uppercase())] {
        for dialect in [dialect, None] {
            let verdict = check(dialect, product, challenge, &response);
            assert_eq!(Some(verdict), right, "{dialect:?}");
        }
    }
}

/// A response with another digit, or without one, is a wrong one.
fn wrong(dialect: Option<u8>, product: &[u8], challenge: &[u8], expected: [u8; 32], digit: u8) {
    let mut other = expected;
    let changed = &mut other[usize::from(digit & 31)];
    // In its lowest bit: the highest one of a word can differ in another variant.
    let number = char::from(*changed).to_digit(16).expect("a digit") ^ 1;
    *changed = b"0123456789abcdef"[number as usize];
    for response in [&other[..], &expected[1..]] {
        let verdict = check(dialect, product, challenge, response);
        assert_eq!(verdict, ChallengeVerdict::Wrong { expected });
        let verdict = check(None, product, challenge, response);
        assert_eq!(verdict, ChallengeVerdict::UnknownDialect);
    }
}
