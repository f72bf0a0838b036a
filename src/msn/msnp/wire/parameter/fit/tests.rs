use super::*;

const GUID: &str = "c2b1a7d0-5f3e-4d6a-9b8c-0123456789ab";
const MD5: &str = "85ecb0db8f32113df79ce0892b9a102c";

#[test]
fn words_fit_their_meaning() {
    type Row = (
        &'static str,
        fn(&[u8]) -> bool,
        &'static [&'static str],
        &'static [&'static str],
    );
    const ROWS: &[Row] = &[
        (
            "number",
            number,
            &["0", "4294967295"],
            &["", "4294967296", "-1", "x"],
        ),
        ("not_number", not_number, &["", "x"], &["0"]),
        ("byte", byte, &["0", "255"], &["256", "x"]),
        ("bit", bit, &["0", "1"], &["2", "", "10"]),
        ("zero", zero, &["0"], &["1", "", "00"]),
        (
            "account",
            account,
            &["a@example.com"],
            &["1:a@example.com", "N=a@example.com", "a"],
        ),
        (
            "network_account",
            network_account,
            &["1:a@example.com"],
            &["a@example.com"],
        ),
        ("contact_account", contact_account, &["N=a"], &["F=a", "N"]),
        ("contact_name", contact_name, &["F=a"], &["N=a", "F"]),
        ("contact_id", contact_id, &["C=a"], &["N=a", "C"]),
        ("one_capital", one_capital, &["N"], &["n", "NL", "", "1"]),
        ("two_capitals", two_capitals, &["FL"], &["F", "FLN", "F1"]),
        (
            "three_capitals",
            three_capitals,
            &["NLN"],
            &["NL", "NLNN", "nln"],
        ),
        (
            "letter",
            letter,
            &["A", "Z", "a", "z"],
            &["", "AA", "1", "@", "[", "`", "{"],
        ),
        (
            "capability_numbers",
            capability_numbers,
            &["0", "1:2"],
            &["", "x", "1:x"],
        ),
        (
            "msn_object",
            msn_object,
            &["0", "<a", "%3Cmsnobj"],
            &["1", "", "%3Cmsn"],
        ),
        (
            "url",
            url,
            &["http", "HTTPS:", "/a", "ftp://a"],
            &["", "a", "htt", "a:/b"],
        ),
        ("dialect", dialect, &["MSNP8", "CVR0"], &["", "msnp8", "0"]),
        ("package", package, &["MD5", "TWN"], &["MD", "MD55", "md5"]),
        ("policy", policy, &["MBI_KEY"], &["mbi", ""]),
        ("ticket", ticket, &["t=", ""], &["MBI"]),
        (
            "login_parameters",
            login_parameters,
            &["lc=1033", "p=t="],
            &["t=a", "a"],
        ),
        (
            "md5",
            md5,
            &[MD5],
            &["", GUID, "85ecb0db8f32113df79ce0892b9a102"],
        ),
        ("no_brace", no_brace, &["a", "", "a{"], &["{a"]),
        ("in_braces", in_braces, &["{a}"], &["{a", "a}", ""]),
        ("server", server, &["ns"], &["", "0"]),
        (
            "list_version",
            list_version,
            &["1", "2006-01-01"],
            &["", "a"],
        ),
        ("version", version, &["8.0", "1."], &["8", ".8", ""]),
        ("group", group, &["0", GUID], &["", "a"]),
        ("groups", groups, &["0", "0,1", GUID], &["", "0,", "0,a"]),
        ("guid", guid, &[GUID], &["0", ""]),
        ("not_guid", not_guid, &["0", ""], &[GUID]),
        (
            "locale",
            locale,
            &["0x0409", "0X", "1033"],
            &["", "x", "0y"],
        ),
        ("service", service, &["SB", "0"], &["", "sb", "S-"]),
        ("switch", switch, &["ON", "OFF"], &["", "on", "O"]),
        ("pair", pair, &["a=b", "="], &["", "ab"]),
    ];
    for (name, fits, good, bad) in ROWS {
        for (words, expected) in [(good, true), (bad, false)] {
            for word in *words {
                assert_eq!(fits(word.as_bytes()), expected, "{name}: {word:?}");
            }
        }
    }
}
