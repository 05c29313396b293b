//! Presets: configurations that are embedded in the program. Each is read once in a process.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use serde_yaml::{Mapping, Value};

use crate::config::{DEFAULT_PRESET, did_you_mean};
use crate::markdown::schema::Schema;

/// Presets by name; `none` brings no conventions at all.
pub const PRESETS: [(&str, &str); 16] = [
    (
        DEFAULT_PRESET,
        include_str!("../presets/payment-channel.yaml"),
    ),
    ("none", include_str!("../presets/none.yaml")),
    ("mdx", include_str!("../presets/mdx.yaml")),
    ("markdown", include_str!("../presets/markdown.yaml")),
    ("mintlify", include_str!("../presets/mintlify.yaml")),
    ("docusaurus", include_str!("../presets/docusaurus.yaml")),
    ("starlight", include_str!("../presets/starlight.yaml")),
    ("fumadocs", include_str!("../presets/fumadocs.yaml")),
    ("nextra", include_str!("../presets/nextra.yaml")),
    ("vitepress", include_str!("../presets/vitepress.yaml")),
    ("mkdocs", include_str!("../presets/mkdocs.yaml")),
    ("hugo", include_str!("../presets/hugo.yaml")),
    ("mdbook", include_str!("../presets/mdbook.yaml")),
    ("jekyll", include_str!("../presets/jekyll.yaml")),
    ("steps", include_str!("../presets/steps.yaml")),
    ("runbook", include_str!("../presets/runbook.yaml")),
];

/// What presets extend that is no preset itself.
const BASES: [(&str, &str); 1] = [("documents", include_str!("../presets/documents.yaml"))];

/// The key with the name of what a preset extends.
const EXTENDS: &str = "extends";

const COMPONENTS: &str = include_str!("../presets/components.yaml");

/// What presets of other dialects than `help` are laid over: roles of well-known components.
const ROLES: &str = include_str!("../presets/roles.yaml");

/// What every preset is laid over: facts of languages, each of which meets text of its own script only,
/// and what shows procedures.
const LANGUAGES: [&str; 5] = [
    include_str!("../presets/korean.yaml"),
    include_str!("../presets/english.yaml"),
    include_str!("../presets/procedures.yaml"),
    include_str!("../presets/procedures-korean.yaml"),
    include_str!("../presets/procedures-english.yaml"),
];

/// What every preset is laid over as well: names of files that control servers.
const HOSTING: &str = include_str!("../presets/hosting.yaml");

/// Why reading an embedded file cannot fail.
const VALID: &str = "the embedded presets are valid, a test reads them";

/// What every preset is laid over.
static COMMON: LazyLock<Value> = LazyLock::new(|| {
    let mut common = Value::Mapping(Mapping::new());
    for layer in LANGUAGES.into_iter().chain([HOSTING]) {
        merge(&mut common, serde_yaml::from_str(layer).expect(VALID));
    }
    common
});

static ROLE_VALUES: LazyLock<Value> = LazyLock::new(|| serde_yaml::from_str(ROLES).expect(VALID));

static BUILT_IN: LazyLock<Schema> =
    LazyLock::new(|| serde_yaml::from_str(COMPONENTS).expect(VALID));

/// Each preset by name, read when it is first asked for.
static READ: LazyLock<BTreeMap<&str, OnceLock<Value>>> = LazyLock::new(|| {
    let names = PRESETS.iter().map(|(name, _)| *name);
    names.map(|name| (name, OnceLock::new())).collect()
});

/// Facts of languages, and names of files that control servers.
pub(super) fn common() -> Value {
    COMMON.clone()
}

/// Roles of well-known components.
pub(super) fn roles() -> Value {
    ROLE_VALUES.clone()
}

/// The built-in components that have a template.
pub(super) fn components() -> Schema {
    BUILT_IN.clone()
}

/// The preset that a project names.
pub(super) fn named(user: &Value) -> Result<Value, String> {
    let named = user.get("preset").and_then(Value::as_str);
    let name = named.unwrap_or(DEFAULT_PRESET);
    let known = PRESETS.iter().find(|(preset, _)| *preset == name);
    let (Some((_, text)), Some(read)) = (known, READ.get(name)) else {
        let names: Vec<&str> = PRESETS.iter().map(|(name, _)| *name).collect();
        let list = names.join(", ");
        let near = did_you_mean(name, names.into_iter());
        return Err(format!(
            "preset: there is no `{name}`; there are: {list}{near}"
        ));
    };
    Ok(read.get_or_init(|| extended(text)).clone())
}

/// A preset laid over the one that it extends.
fn extended(preset: &str) -> Value {
    let mut over: Value = serde_yaml::from_str(preset).expect(VALID);
    let entries = over.as_mapping_mut();
    let base = entries.and_then(|entries| entries.remove(EXTENDS));
    let base = base.as_ref().and_then(Value::as_str);
    let mut known = BASES.iter().chain(&PRESETS);
    let Some((_, base)) = base.and_then(|base| known.find(|(name, _)| *name == base)) else {
        return over;
    };
    let mut preset = extended(base);
    merge(&mut preset, over);
    preset
}

/// Lays a value over another one: maps are merged, everything else is replaced, and null changes
/// nothing.
pub(super) fn merge(base: &mut Value, over: Value) {
    match (base, over) {
        (Value::Mapping(base), Value::Mapping(over)) => {
            for (key, value) in over {
                match base.get_mut(&key) {
                    Some(slot) => merge(slot, value),
                    None => {
                        base.insert(key, value);
                    }
                }
            }
        }
        (_, Value::Null) => {}
        (base, over) => *base = over,
    }
}
