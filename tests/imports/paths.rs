//! Paths through modules of the crate in a file.

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, File, ImplItem, Item, ItemUse, Macro, UseTree};

/// Each module of the crate that `file`, which is the module `here`, names, with a line.
pub(crate) fn of(
    file: &File,
    here: &[String],
    modules: &BTreeMap<Vec<String>, String>,
) -> Vec<(Vec<String>, usize)> {
    let mut found = Found {
        here,
        modules,
        known: BTreeMap::new(),
        named: Vec::new(),
    };
    // Paths may begin with a name that a `use` imports.
    let mut uses = Uses(Vec::new());
    uses.visit_file(file);
    for path in uses.0 {
        found.import(&path);
    }
    found.visit_file(file);
    found.named
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<syn::Path>()
                .is_ok_and(|path| path.is_ident("test"))
    })
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// A path of a `use`, the local name for it, and the line.
type Used = (Vec<String>, String, usize);

struct Uses(Vec<Used>);

impl<'ast> Visit<'ast> for Uses {
    fn visit_item(&mut self, item: &'ast Item) {
        if !is_for_tests(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        let line = item.span().start().line;
        collect(&item.tree, &mut Vec::new(), line, &mut self.0);
    }
}

fn collect(tree: &UseTree, path: &mut Vec<String>, line: usize, used: &mut Vec<Used>) {
    let mut add = |last: &str, name: &str| {
        let mut whole = path.clone();
        if last != "self" {
            whole.push(last.to_owned());
        }
        let own = if name == "self" {
            whole.last().cloned().unwrap_or_default()
        } else {
            name.to_owned()
        };
        used.push((whole, own, line));
    };
    match tree {
        UseTree::Name(name) => add(&name.ident.to_string(), &name.ident.to_string()),
        UseTree::Rename(name) => add(&name.ident.to_string(), &name.rename.to_string()),
        UseTree::Glob(_) => add("*", "*"),
        UseTree::Path(inner) => {
            path.push(inner.ident.to_string());
            collect(&inner.tree, path, line, used);
            path.pop();
        }
        UseTree::Group(group) => {
            for tree in &group.items {
                collect(tree, path, line, used);
            }
        }
    }
}

struct Found<'a> {
    here: &'a [String],
    modules: &'a BTreeMap<Vec<String>, String>,
    /// The path of each name that a `use` imports.
    known: BTreeMap<String, Vec<String>>,
    named: Vec<(Vec<String>, usize)>,
}

impl Found<'_> {
    fn import(&mut self, (path, name, line): &Used) {
        if let Some(whole) = self.absolute(path) {
            self.known.insert(name.clone(), whole.clone());
            self.add(&whole, *line);
        }
    }

    /// The path from the crate's root; `None` if it does not lead into the crate.
    fn absolute(&self, path: &[String]) -> Option<Vec<String>> {
        let mut rest = path;
        let mut whole = match path.first()?.as_str() {
            "crate" | "$crate" => {
                rest = &path[1..];
                Vec::new()
            }
            "self" => {
                rest = &path[1..];
                self.here.to_vec()
            }
            "super" => self.here.to_vec(),
            first => {
                rest = &path[1..];
                match self.known.get(first) {
                    Some(known) => known.clone(),
                    // A child of this module.
                    None => {
                        let child = [self.here, &[first.to_owned()]].concat();
                        self.modules.contains_key(&child).then_some(child)?
                    }
                }
            }
        };
        while rest.first().is_some_and(|part| part == "super") {
            whole.pop();
            rest = &rest[1..];
        }
        whole.extend_from_slice(rest);
        Some(whole)
    }

    /// Adds the longest prefix of the path that is a module.
    fn add(&mut self, path: &[String], line: usize) {
        let module = (0..=path.len())
            .rev()
            .map(|length| &path[..length])
            .find(|beginning| self.modules.contains_key(*beginning));
        if let Some(module) = module {
            self.named.push((module.to_vec(), line));
        }
    }

    fn see(&mut self, path: &[String], line: usize) {
        // A single word is a name of this file, or one that a `use` imports.
        if path.len() > 1 {
            if let Some(whole) = self.absolute(path) {
                self.add(&whole, line);
            }
        }
    }

    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let (mut colons, mut line) = (0, 0);
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.see(&path, line);
                        path.clear();
                    }
                    line = ident.span().start().line;
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' => colons += 1,
                other => {
                    self.see(&path, line);
                    path.clear();
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.tokens(group.stream());
                    }
                }
            }
        }
        self.see(&path, line);
    }
}

impl<'ast> Visit<'ast> for Found<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if !is_for_tests(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let for_tests = match item {
            ImplItem::Fn(item) => is_for_tests(&item.attrs),
            _ => false,
        };
        if !for_tests {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts: Vec<String> = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        self.see(&parts, path.span().start().line);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, used: &'ast Macro) {
        self.tokens(used.tokens.clone());
        visit::visit_macro(self, used);
    }
}
