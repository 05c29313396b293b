//! Shortens the built-in scripts, and tells the program which sources it was made of, so that it knows a
//! site that another program of the same version built.

use std::collections::BTreeSet;
use std::env;
use std::error::Error;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_mangler::Mangler;
use oxc_parser::Parser;
use oxc_span::SourceType;
use walkdir::WalkDir;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=site");
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=Cargo.lock");
    println!("cargo::rustc-env=TICKBOOK_SOURCES={:016x}", hash_sources()?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    shorten_site(&out.join("site"))?;
    join_scripts(&out.join("whole"))
}

fn hash_sources() -> Result<u64> {
    let mut files = Vec::new();
    for folder in ["src", "site", "templates"] {
        files.extend(files_below(folder)?);
    }
    files.extend(Some(PathBuf::from("Cargo.lock")).filter(|lock| lock.exists()));
    let mut hasher = DefaultHasher::new();
    for file in files {
        hasher.write(file.to_string_lossy().as_bytes());
        hasher.write(&fs::read(file)?);
    }
    Ok(hasher.finish())
}

/// Copies the static files, scripts shortened.
fn shorten_site(target: &Path) -> Result<()> {
    if target.exists() {
        fs::remove_dir_all(target)?;
    }
    for file in files_below("site")? {
        let copy = target.join(file.strip_prefix("site")?);
        fs::create_dir_all(copy.parent().unwrap_or(target))?;
        if file.extension().is_some_and(|ending| ending == "js") {
            fs::write(copy, shortened(&file, &fs::read_to_string(&file)?)?)?;
        } else {
            fs::copy(file, copy)?;
        }
    }
    Ok(())
}

/// Writes the scripts that come in parts as one each, in the scope that `render::join` gives parts of a
/// project, so that every name in it can be short.
fn join_scripts(target: &Path) -> Result<()> {
    if target.exists() {
        fs::remove_dir_all(target)?;
    }
    fs::create_dir_all(target)?;
    for folder in fs::read_dir("site")? {
        let folder = folder?.path();
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        if !folder.is_dir() || !name.ends_with(".js") {
            continue;
        }
        let mut parts = String::new();
        for part in files_below(&folder.to_string_lossy())? {
            parts.push_str(&fs::read_to_string(part)?);
        }
        let whole = format!("(() => {{\n'use strict';\n{parts}}})();\n");
        fs::write(target.join(&*name), shortened(&folder, &whole)?)?;
    }
    Ok(())
}

/// A script without comments and blanks, its local names as short as can be. Names at its top level stay, for
/// other parts of the script use them, a project's own among them.
fn shortened(file: &Path, script: &str) -> Result<String> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, script, SourceType::script()).parse();
    if let Some(error) = parsed.diagnostics.into_iter().next() {
        return Err(format!("{}: {error}", file.display()).into());
    }
    let mangled = Mangler::new().build(&parsed.program);
    let codegen = Codegen::new()
        .with_options(CodegenOptions::minify())
        .with_scoping(Some(mangled.scoping))
        .with_private_member_mappings(Some(mangled.class_private_mappings));
    Ok(codegen.build(&parsed.program).code + "\n")
}

/// All files below a folder, in order.
fn files_below(folder: &str) -> Result<BTreeSet<PathBuf>> {
    let mut files = BTreeSet::new();
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            files.insert(entry.into_path());
        }
    }
    Ok(files)
}
