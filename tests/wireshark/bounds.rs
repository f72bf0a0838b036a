//! Tests of bounds: one for each.

/// A test for each bound, which calls its `check`.
macro_rules! bounds {
    ($($name:ident: $bound:ident,)*) => {
        $(
            #[test]
            #[ignore = "needs Wireshark with the plugin"]
            fn $name() {
                $bound.check();
            }
        )*
    };
}
