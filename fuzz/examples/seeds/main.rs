//! Writes what the fuzzers begin with into a folder: `seeds/TARGET/`, `DICTIONARY.dict`, and
//! `targets`, a line for each target: its name, the longest input, its dictionary.

mod collect;
mod dictionary;

use std::fs;
use std::io;
use std::path::PathBuf;

use imshark_fuzz::TARGETS;

fn main() -> io::Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.ok_or(io::Error::other("usage: seeds FOLDER"))?;
    let seeds = collect::seeds();
    let mut lines = String::new();
    for (name, _, longest) in TARGETS {
        let place = folder.join("seeds").join(name);
        fs::create_dir_all(&place)?;
        for (number, seed) in seeds.of(name).enumerate() {
            fs::write(place.join(number.to_string()), seed)?;
        }
        let words = dictionary::of(name);
        lines += &format!("{name} {longest} {words}\n");
    }
    for (name, text) in dictionary::all() {
        fs::write(folder.join(format!("{name}.dict")), text)?;
    }
    fs::write(folder.join("targets"), lines)
}
