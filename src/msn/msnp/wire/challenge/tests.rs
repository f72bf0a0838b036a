use super::*;

/// Published pairs (docs/protocol/msnp.md §6.5).
#[test]
fn documented_pairs() {
    const CHALLENGE: &[u8] = b"22210219642164014968";
    for (dialect, product, challenge, answer) in [
        (
            11,
            "PROD0090YUAUV{2B",
            &b"76692485029460135521"[..],
            "093aa9157f89eb1be9bb8a7bf3626318",
        ),
        (
            9,
            "msmsgs@msnmsgr.com",
            b"11111111111111111111",
            "3b6666b60157322b6fc6e41a115968f5",
        ),
        (
            21,
            "PROD0090YUAUV{2B",
            CHALLENGE,
            "85ecb0db8f32113df79ce0892b9a102c",
        ),
        (
            12,
            "PROD0101{0RM?UBW",
            CHALLENGE,
            "64812169fe9717715f03c678fa4ab938",
        ),
        (
            10,
            "PROD0038W!61ZTF9",
            CHALLENGE,
            "c60f42bcef15148c614190c61e8eebf6",
        ),
        (
            11,
            "PROD0038W!61ZTF9",
            CHALLENGE,
            "ef74d3aae1ee958c483a01d010756af6",
        ),
        (
            6,
            "msmsgs@msnmsgr.com",
            CHALLENGE,
            "eedf627f65e76d031255a605f5841204",
        ),
        (
            18,
            "msmsgs@msnmsgr.com",
            CHALLENGE,
            "58c887120db1c55ca44243689dd2ba5b",
        ),
        (
            15,
            "PROD0113H11T8$X_",
            b"11533365622852247127",
            "f086d1ded067186deca8dba2231602cf",
        ),
        (
            15,
            "PROD0113H11T8$X_",
            b"13038318816579321232",
            "3b25f5aab8143dd9a47971541666ae0e",
        ),
        (
            15,
            "PROD0113H11T8$X_",
            b"13676118092332012962",
            "e9ccbb3e90fabb047bad055f1d025cde",
        ),
    ] {
        let (product, answer) = (product.as_bytes(), answer.as_bytes());
        let right = ChallengeVerdict::Right(Algorithm::of(dialect));
        for known in [Some(dialect), None] {
            assert_eq!(check(known, product, challenge, answer), right);
        }
        let mut wrong = answer.to_vec();
        wrong[0] ^= 1;
        let expected = answer.try_into().unwrap();
        assert_eq!(
            check(Some(dialect), product, challenge, &wrong),
            ChallengeVerdict::Wrong { expected }
        );
        // The algorithm that applies is unknown.
        let verdict = check(None, product, challenge, &wrong);
        assert_eq!(verdict, ChallengeVerdict::UnknownDialect);
    }
}

#[test]
fn the_plain_answer_is_wrong_in_later_dialects() {
    let (product, challenge) = (b"PROD0038W!61ZTF9", b"22210219642164014968");
    let plain = b"c60f42bcef15148c614190c61e8eebf6";
    let expected = *b"ef74d3aae1ee958c483a01d010756af6";
    let wrong = ChallengeVerdict::Wrong { expected };
    assert_eq!(check(Some(11), product, challenge, plain), wrong);
    let right = ChallengeVerdict::Right(Algorithm::Plain);
    assert_eq!(check(Some(10), product, challenge, plain), right);
}

#[test]
fn other_published_variants_are_accepted() {
    let product = b"PROD0090YUAUV{2B";
    let right = ChallengeVerdict::Right(Algorithm::Mixed);
    for (challenge, answer) in [
        (
            &b"22210219642164014968"[..],
            b"85ecb05b8f32113df79ce0092b9a102c",
        ),
        (
            b"222102196421640149681234",
            b"707171febd3a734e46f2fec6edb05f6b",
        ),
        (
            b"222102196421640149681234",
            b"576f52a1c18edc7e61ecdd999104f05b",
        ),
    ] {
        assert_eq!(check(Some(18), product, challenge, answer), right);
    }
}

#[test]
fn unknown_products_are_not_checked() {
    for dialect in [None, Some(9), Some(12)] {
        let verdict = check(dialect, b"PROD00517IFH4@RV", b"1", b"x");
        assert_eq!(verdict, ChallengeVerdict::UnknownProduct);
        assert_eq!(
            check(dialect, b"", b"", b""),
            ChallengeVerdict::UnknownProduct
        );
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes in Miri")]
fn every_product_has_responses_to_any_challenge() {
    for (product, _) in PRODUCTS {
        for length in 0..40 {
            let challenge = vec![0xff; length];
            for dialect in [9, 12] {
                assert!(answer_to(dialect, product.as_bytes(), &challenge).is_some());
            }
        }
    }
}
