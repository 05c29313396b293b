//! Reads the files of documentation tools as data: text → values → entries of the navigation.
//! Which files there are is a preset's data; nothing in them is run.

mod folder;
mod summary;
mod tree;

use crate::config::navigation::{FolderList, NavigationEntry};
use crate::config::tool::{NavigationFile, NavigationForm};
use crate::literal::{Value, read, script, yaml};

pub use crate::tool::folder::folder_list;

/// Most bytes of a tool's file that are read.
pub const MAX_TOOL_FILE_BYTES: u64 = 8 << 20;

/// The entries of a navigation file; `None` where it is no data, but code.
pub fn entries(file: &NavigationFile, name: &str, text: &str) -> Option<Vec<NavigationEntry>> {
    let entries = match file.form {
        NavigationForm::Summary => summary::entries(text),
        NavigationForm::Tree => tree::entries(&value(name, text, &file.at)?),
        NavigationForm::Folder => return None,
    };
    Some(entries).filter(|entries| !entries.is_empty())
}

/// What a file says about its folder; `None` where it is no data, but code.
pub fn list_of_folder(name: &str, text: &str) -> Option<FolderList> {
    folder_list(&value(name, text, "")?)
}

/// A setting of a file, by the path of its key.
pub fn setting(name: &str, text: &str, at: &str) -> Option<String> {
    let whole = value(name, text, "")?;
    let mut setting = &whole;
    for key in at.split('.') {
        setting = setting.get(key)?;
    }
    setting.as_str().map(str::to_string)
}

/// A file's value, or what it has at a key; in a script, wherever the key is.
fn value(name: &str, text: &str, at: &str) -> Option<Value> {
    let ending = name.rsplit('.').next().unwrap_or_default();
    let whole = match ending {
        "yml" | "yaml" => yaml::read(text).ok()?,
        "toml" => crate::literal::toml::read(text).ok()?,
        "json" | "jsonc" | "json5" => read(text),
        _ => {
            let exported = script::exported(text);
            let found = exported.as_ref().and_then(|value| value.get(at)).cloned();
            let is_data = |value: &Value| matches!(value, Value::List(_) | Value::Map(_));
            return match at {
                "" => exported.filter(is_data),
                at => found
                    .filter(is_data)
                    .or_else(|| script::under_key(text, at)),
            };
        }
    };
    match (at, whole) {
        (_, Value::Unread(_)) => None,
        ("", whole) => Some(whole),
        (at, whole) => whole.get(at).cloned(),
    }
}
