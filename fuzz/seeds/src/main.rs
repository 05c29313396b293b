//! Writes the texts that fuzzing starts from: the examples of `tests/spec`, and every document
//! of the folders named.
//!
//! ```text
//! seeds DEST FOLDER…
//! ```

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use walkdir::WalkDir;

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/spec");

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let dest = arguments.next().ok_or("usage: seeds DEST FOLDER…")?;
    let spec = Path::new(SPEC);
    let mut texts = Vec::new();
    for name in ["commonmark-0.31.2.json", "gfm.json"] {
        strings(&serde_json::from_str(&read(&spec.join(name))?)?, "markdown", &mut texts);
    }
    strings(&serde_yaml::from_str(&read(&spec.join("dialect.yaml"))?)?, "source", &mut texts);
    for folder in arguments {
        documents(&folder, &mut texts)?;
    }
    if texts.is_empty() {
        return Err("no seeds were found".into());
    }
    fs::create_dir_all(&dest)?;
    for (number, text) in texts.iter().enumerate() {
        fs::write(dest.join(format!("seed-{number:04}")), text)?;
    }
    println!("{} seeds", texts.len());
    Ok(())
}

fn read(file: &Path) -> Result<String, Box<dyn Error>> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()).into())
}

/// Gathers every text that stands under `key`, at any depth.
fn strings(value: &Value, key: &str, texts: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| strings(item, key, texts)),
        Value::Object(entries) => {
            for (name, value) in entries {
                match value {
                    Value::String(text) if name == key => texts.push(text.clone()),
                    value => strings(value, key, texts),
                }
            }
        }
        _ => {}
    }
}

fn documents(folder: &Path, texts: &mut Vec<String>) -> Result<(), Box<dyn Error>> {
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.path().extension().is_some_and(|extension| extension == "md" || extension == "mdx") {
            texts.push(read(entry.path())?);
        }
    }
    Ok(())
}
