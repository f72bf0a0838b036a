//! Tests of bounds: one for each.

/// A test for each bound, which calls its `check`; with `const NAME;`, also a list of all.
macro_rules! bounds {
    (const $all:ident; $($name:ident: $bound:ident,)*) => {
        const $all: &[Bound] = &[$($bound,)*];

        bounds! { $($name: $bound,)* }
    };
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
