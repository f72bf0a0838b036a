//! QQ client versions and builds.
//!
//! Data only. A frame identifies its client by the version code after its first byte and,
//! since QQ2009 SP5, by the build ("public number") in the client block. Numbers that no
//! source names are left unnamed.
//!
//! Source: docs/protocol/oicq.md §3.1 to §3.3, and §12.6.

use crate::codes::Codes;
use crate::oicq::wire::era::SERVER_VERSION;

/// Version code (bytes 1-2 of a frame) -> client. Clients known only from captures have
/// the date of these in parentheses. Source: docs/protocol/oicq.md §3.1, and §12.6.
pub const CLIENTS: Codes = Codes::new(&[
    (0x0100, c"Server"),
    (0x0101, c"Disk server"),
    (0x0207, c"Disk client"),
    (0x04d1, c"Agent server"),
    (0x062e, c"QQ2000c build 0630 (Chinese)"),
    (0x072e, c"QQ2000c build 0305 (English)"),
    (0x07da, c"QQ Speed game channel"),
    (0x0801, c"QQ2000c build 0630 (English)"),
    (0x0909, c"QQ2000c build 1230b (Chinese)"),
    (0x0a1d, c"QQ2003 II build 0808"),
    (0x0b07, c"QQ2003 II build 0925"),
    (0x0b2f, c"QQ2003 III build 0117"),
    (0x0b35, c"QQ2003 III build 0304"),
    (0x0b37, c"QQ2003 III build 0304 (April 5 update)"),
    (0x0c0b, c"QQ2004"),
    (0x0c0d, c"QQ2004 preview"),
    (0x0c21, c"QQ2004"),
    (0x0c49, c"QQ2004 II"),
    (0x0d05, c"QQ2005 beta1"),
    (0x0d51, c"QQ2005 beta2"),
    (0x0d55, c"QQ2005"),
    (0x0d61, c"QQ2005"),
    (0x0e1b, c"QQ2005 or QQ2006"),
    (0x0e2d, c"QQ2005 SP1 (V05.0.201.110)"),
    (0x0e35, c"QQ2005 (V05.0.200.020, English)"),
    (0x0f15, c"QQ2006 Spring Festival"),
    (0x0f4b, c"QQ2006 beta3"),
    (0x0f5f, c"QQ2006 (V06.0.200.410)"),
    (0x1105, c"QQ2007 beta4"),
    (0x111b, c"QQ2007 family (uncertain)"),
    (0x111d, c"QQ2007"),
    (0x1131, c"QQ2007 family (uncertain)"),
    (0x113f, c"QQ2007 family (uncertain)"),
    (0x115b, c"QQ2008 HeSui (New Year)"),
    (0x1203, c"QQ2008"),
    (0x1205, c"QQ2008 QiFu (earthquake prayer)"),
    (0x120b, c"QQ2008 July (8.0.978.400)"),
    (0x1251, c"QQ2008 family (uncertain)"),
    (0x1412, c"QQMac 1.0 preview1 build 670"),
    (0x141b, c"TM2008 (last with the old protocol)"),
    (0x141c, c"TM2009 (first with the new protocol)"),
    (0x1441, c"QQ2009 preview2"),
    (0x1501, c"QQ2009 preview (uncertain)"),
    (0x1525, c"QQ2009 preview4"),
    (0x1549, c"QQ2009 preview (uncertain)"),
    (0x163a, c"QQ2009 beta (uncertain)"),
    (0x1645, c"QQ2009 beta (uncertain)"),
    (0x1663, c"QQ2009"),
    (0x1801, c"QQ2009 International Beta1"),
    (0x1957, c"QQ2009 SP5"),
    (0x1a35, c"QQ2009 SP6"),
    (0x1a3a, c"TM2009 Beta3.2"),
    (0x1c27, c"QQ2010 Beta3"),
    (0x1e0d, c"QQ2010 or QQ2010 International"),
    (0x1f57, c"QQ2010 SP3 (uncertain)"),
    (0x2012, c"QQ2012 International (uncertain)"),
    (0x2227, c"QQ2011 Beta2 or QQ2011 International"),
    (0x262f, c"QQ2011 family"),
    (0x2f2f, c"QQ2012 family"),
    (0x2f35, c"QQ (January 2013)"),
    (0x2f59, c"QQ2012"),
    (0x3013, c"QQ2013 beta (November 2012)"),
    (0x3037, c"QQ2013 (April 2013)"),
    (0x3103, c"QQ2013 beta (uncertain)"),
    (0x3241, c"QQ2013 (April 2013)"),
    (0x3420, c"TM2013"),
    (0x3427, c"QQ"),
    (0x3433, c"QQ2013 (8550)"),
    (0x344b, c"QQ2013"),
    (0x352f, c"QQ 6.1 (September 2014)"),
    (0x3547, c"QQ"),
    (0x3555, c"QQ (2014 to 2015)"),
    (0x3619, c"QQ 7.x (2015 to 2016)"),
    (0x361f, c"QQ 7.x (2015 to 2016)"),
    (0x3624, c"QQ 7.x (2015 to 2016)"),
    (0x3639, c"QQ 8.x (2016)"),
    (0x3661, c"QQ (June 2017)"),
    (0x3709, c"QQ 8.9, 2017 (uncertain)"),
    (0x370a, c"QQ"),
    (0x370f, c"QQ"),
    (0x3713, c"TIM 1.0 to 2.3.2"),
    (0x375b, c"TIM (November 2018)"),
    (0x3803, c"TIM (2019)"),
    (0x3823, c"QQ (2019)"),
    (0x382f, c"QQ 9.2.5 family"),
    (0x3833, c"TIM (November 2021)"),
    (0x383b, c"QQ 9.2.5 family (uncertain)"),
    (0x3841, c"QQ (November 2019)"),
    (0x3949, c"QQ (November 2020)"),
    (0x3a2d, c"QQ (June 2022)"),
    (0x3a57, c"QQ (2022)"),
    (0x3b0b, c"QQ (October 2022 to March 2023)"),
    (0x3b29, c"QQ (July 2023)"),
    (0x3b41, c"QQ (2023)"),
    (0x3c3d, c"QQ (April 2024)"),
    (0x5005, c"QQ Speed login"),
]);

/// Version codes of unnamed clients that exist: they occur in published frames. Source:
/// docs/protocol/oicq.md §12.6.
const NAMELESS: [u16; 4] = [0x1221, 0x157f, 0x3703, 0x6812];

/// Whether a client with this version code is known to exist. False for the code of old
/// servers.
pub fn is_client(version: u16) -> bool {
    version != SERVER_VERSION
        && (NAMELESS.contains(&version) || CLIENTS.name(u32::from(version)).is_some())
}

/// "Public number" (the low 16 bits of the client block's build field) -> client, with
/// its version code. Source: docs/protocol/oicq.md §3.2, §12.6.
pub const BUILDS: Codes = Codes::new(&[
    (0x6400, c"QQ2009 SP6 (0x1a35)"),
    (0x641f, c"QQ2010 International (0x1e0d)"),
    (0x6448, c"QQ2010 SP3 (0x1f57) (uncertain)"),
    (0x6470, c"QQ2011 Beta2 (0x2227)"),
    (0x64df, c"QQ2011 family (0x262f)"),
    (0x64ed, c"QQ2013 beta (0x3103) (uncertain)"),
    (0x65a4, c"QQ2012 family (0x2f2f)"),
    (0x65a6, c"QQ, January 2013 (0x2f35)"),
    (0x65b1, c"QQ2012 (0x2f59)"),
    (0x65ef, c"QQ2013, April 2013 (0x3037)"),
    (0x6628, c"QQ2013, April 2013 (0x3241)"),
    (0x667e, c"QQ (0x3427)"),
    (0x66a2, c"QQ2013 (0x344b)"),
    (0x66a7, c"TM2013 (0x3420)"),
    (0x670a, c"QQ 6.1, September 2014 (0x352f)"),
    (0x6722, c"QQ (0x3547)"),
    (0x6742, c"QQ, 2014 to 2015 (0x3555)"),
    (0x6792, c"QQ 7.x, 2015 to 2016 (0x3624)"),
    (0x67b7, c"QQ 8.x, 2016 (0x3639)"),
    (0x6813, c"TIM 1.0.2"),
    (0x6814, c"QQ (0x370a)"),
    (0x681c, c"QQ 8.9, 2017 (0x3709) (uncertain)"),
    (0x6820, c"TIM 1.0 to 2.3.2, QQ block (0x3713)"),
    (0x6825, c"QQ, June 2017 (0x3661)"),
    (0x6827, c"TIM 1.0.4"),
    (0x683f, c"TIM 1.1"),
    (0x6844, c"TIM 1.2"),
    (0x6852, c"TIM 1.0 to 2.3.2, TIM block (0x3713)"),
    (0x68f3, c"TIM, November 2018 (0x375b)"),
    (0x6920, c"QQ, 2019 (0x3823)"),
    (0x6921, c"QQ, 2019 (0x3823)"),
    (0x6934, c"QQ 9.2.5 family (0x382f)"),
    (0x6935, c"TIM, 2019 (0x3803)"),
    (0x6942, c"QQ, November 2019 (0x3841)"),
    (0x695d, c"QQ 9.2.5 family (0x383b) (uncertain)"),
    (0x69b2, c"QQ, November 2020 (0x3949)"),
    (0x6a14, c"TIM, November 2021 (0x3833)"),
    (0x6a2a, c"QQ, June 2022 (0x3a2d)"),
    (0x6a4b, c"QQ, 2022 (0x3a57)"),
    (0x6a64, c"QQ, October 2022 to March 2023 (0x3b0b)"),
    (0x6a84, c"QQ, July 2023 (0x3b29)"),
    (0x6a9c, c"QQ, 2023 (0x3b41)"),
    (0x6b13, c"QQ, April 2024 (0x3c3d)"),
]);

/// Client build inside the bodies of logins -> client, with its version code. Source:
/// docs/protocol/oicq.md §3.3.
pub const LOGIN_BUILDS: Codes = Codes::new(&[
    (0x07da, c"QQ Speed (0x5005)"),
    (0x08fb, c"QQ2009 (0x1663)"),
    (0x0961, c"QQ2009 International Beta1 (0x1801)"),
    (0x0b17, c"QQ2010 Beta3 (0x1c27)"),
    (0x0c73, c"QQ2010 (0x1f57)"),
    (0x0d6f, c"QQ2011 (0x2227) or QQ2010 International (0x1e0d)"),
    (0x0f07, c"QQ2011 family (0x262f)"),
    (0x1291, c"QQ, January 2013 (0x2f35)"),
    (0x12b5, c"QQ2012 (0x2f59)"),
    (0x12f7, c"QQ2013, April 2013 (0x3037)"),
    (0x13c9, c"QQ2013, April 2013 (0x3241)"),
    (0x1470, c"QQ, 2016 to 2017 (uncertain)"),
    (0x149b, c"QQ2013 (0x344b), time of TM2013"),
    (0x14fb, c"QQ (0x3547)"),
    (0x1551, c"QQ 8.x, 2016 (0x3639)"),
    (0x1585, c"QQ 8.9, 2017 (0x3709), or TIM (0x3713)"),
    (0x160f, c"QQ 9.2.5 family (0x382f)"),
    (0x168d, c"QQ, November 2020 (0x3949)"),
    (0x16ff, c"QQ, 2022 (0x3a57)"),
    (0x1741, c"QQ, 2023 (0x3b41)"),
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_codes_without_a_client_unnamed() {
        for code in [
            0x05a5, 0x06d5, 0x087d, 0x08d2, 0x0961, 0x096d, 0x100b, 0x1221, 0x157f, 0x1751, 0x180d,
            0x3703, 0x6812,
        ] {
            assert_eq!(CLIENTS.name(code), None, "{code:#06x}");
        }
    }

    #[test]
    fn clients_without_a_name_are_known() {
        for code in [0x0f5f, 0x1221, 0x3013, 0x3037, 0x3427, 0x3703, 0x3a2d] {
            assert!(is_client(code), "{code:#06x}");
        }
        for code in [0x0000, 0x0001, SERVER_VERSION, 0x1751, 0x3a2e, 0xffff] {
            assert!(!is_client(code), "{code:#06x}");
        }
        assert!(NAMELESS
            .iter()
            .all(|code| CLIENTS.name(u32::from(*code)).is_none()));
    }

    /// docs/protocol/oicq.md §12.6, and the borders of §3.1.
    #[test]
    fn versions_of_the_reference_are_clients() {
        let of_2012 = [0x2f59, 0x3013, 0x3037, 0x3427, 0x3433, 0x3547];
        for code in of_2012.into_iter().chain([0x141b, 0x141c, 0x1957, 0x3c3d]) {
            assert!(is_client(code), "{code:#06x}");
        }
    }

    /// docs/protocol/oicq.md §3.3: 5509 is the number of web logins.
    #[test]
    fn logins_name_builds_of_known_clients() {
        assert!(LOGIN_BUILDS
            .name(5509)
            .is_some_and(|name| name.contains("(0x3709)")));
        for &(number, name) in LOGIN_BUILDS.rows() {
            let name = name.to_str().expect("UTF-8");
            let codes = name
                .match_indices("(0x")
                .map(|(at, _)| &name[at + 3..at + 7]);
            for code in codes {
                let code = u32::from_str_radix(code, 16).expect("version code");
                assert!(CLIENTS.name(code).is_some(), "{number:#06x} {name}");
            }
        }
    }

    /// A build names the version code of a known client, whose name starts with the same
    /// word and has the same "uncertain".
    #[test]
    fn builds_agree_with_clients() {
        for &(number, name) in BUILDS.rows() {
            let name = name.to_str().expect("UTF-8");
            let Some(at) = name.find("(0x") else {
                assert!(name.starts_with("TIM 1."), "{number:#06x} {name}");
                continue;
            };
            let code = u32::from_str_radix(&name[at + 3..at + 7], 16).expect("version code");
            let client = CLIENTS.name(code).expect("known client");
            let first = |text: &str| text.split([' ', ',']).next().map(str::to_owned);
            assert_eq!(first(name), first(client), "{number:#06x}");
            assert_eq!(
                name.contains("uncertain"),
                client.contains("uncertain"),
                "{number:#06x}"
            );
        }
    }

    #[test]
    fn names_follow_the_house_style() {
        for &(code, name) in CLIENTS.rows().iter().chain(BUILDS.rows()) {
            let name = name.to_str().expect("UTF-8");
            assert!(code <= 0xffff, "{code:#x}");
            assert!(name.starts_with(|c: char| c.is_uppercase()), "{name}");
            assert!(!name.ends_with('.') && !name.contains("  "), "{name}");
        }
    }
}
