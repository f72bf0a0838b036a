//! The public items of a file, and the identifiers of all other files.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Attribute, ImplItem, Item, Visibility};

/// Public constants and functions whose name is in no other file: `file:line name`.
///
/// # Panics
/// If a text is not Rust.
pub(crate) fn unused(
    sources: &BTreeMap<String, String>,
    others: &BTreeMap<String, String>,
) -> Vec<String> {
    let words: BTreeMap<&str, BTreeSet<String>> = sources
        .iter()
        .chain(others)
        .map(|(file, text)| (file.as_str(), words(text.parse().expect("tokens"))))
        .collect();
    let mut unused = Vec::new();
    for (file, text) in sources {
        let mut public = Public(Vec::new());
        public.visit_file(&syn::parse_file(text).expect("Rust"));
        for (name, line) in public.0 {
            let elsewhere = |(other, words): (&&str, &BTreeSet<String>)| {
                *other != file.as_str() && words.contains(&name)
            };
            if !words.iter().any(elsewhere) {
                unused.push(format!("{file}:{line} {name}"));
            }
        }
    }
    unused
}

fn words(tokens: TokenStream) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                found.insert(ident.to_string());
            }
            TokenTree::Group(group) => found.extend(words(group.stream())),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    found
}

fn has_outer_name(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let tokens = attribute.meta.to_token_stream().to_string();
        tokens.contains("no_mangle") || tokens.contains("export_name")
    })
}

struct Public(Vec<(String, usize)>);

impl Public {
    fn add(&mut self, visibility: &Visibility, name: &syn::Ident) {
        if !matches!(visibility, Visibility::Inherited) {
            self.0.push((name.to_string(), name.span().start().line));
        }
    }
}

impl<'ast> Visit<'ast> for Public {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            // Items of a module within a file count as private to the file.
            Item::Mod(_) => return,
            Item::Const(item) => self.add(&item.vis, &item.ident),
            // Exported functions are looked up by Wireshark.
            Item::Fn(item) if !has_outer_name(&item.attrs) => self.add(&item.vis, &item.sig.ident),
            Item::Static(item) if !has_outer_name(&item.attrs) => self.add(&item.vis, &item.ident),
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        match item {
            ImplItem::Const(item) => self.add(&item.vis, &item.ident),
            ImplItem::Fn(item) => self.add(&item.vis, &item.sig.ident),
            _ => {}
        }
    }
}
