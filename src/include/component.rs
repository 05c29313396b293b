//! Includes that are tags, and names that have values where a text is included.

use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use crate::include::files::{Files, Found};
use crate::include::find::{Include, Shown};
use crate::include::part::{FileText, Part};
use crate::literal::Value;
use crate::markdown::bound::{Names, is_shown};
use crate::markdown::reference::{Reference, ReferenceAttribute, ReferenceKind, references};
use crate::markdown::schema::{Dialect, INCLUDES};
use crate::markdown::statement::{Import, Statement, statements};
use crate::source::is_document;

/// Attributes with the path.
const PATHS: [&str; 4] = ["src", "path", "file", "from"];

/// What the values of attributes are below.
const PROPERTIES: &str = "props";

/// Values of names that the including tag gave.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope(Option<Rc<Names>>);

/// A file that is being put into a text.
pub(super) struct Frame<'a> {
    /// The file.
    pub file: &'a FileText,
    /// Its index among the joined files.
    pub index: usize,
    /// What is put before each of its lines but the first.
    pub prefix: &'a str,
    /// The values of names in it.
    pub scope: &'a Scope,
    /// Paths of the files around it, its own last.
    pub stack: &'a [String],
}

/// Something that is replaced.
#[derive(Debug, Clone)]
pub(super) enum Use {
    /// A mark of a text.
    Mark(Include),
    /// A tag.
    Component(Component),
    /// Bytes that have a value, or that nothing is to be seen of.
    Value(Range<usize>, String),
}

/// A tag that includes a file.
#[derive(Debug, Clone)]
pub(super) struct Component {
    /// The bytes that it replaces.
    pub span: Range<usize>,
    /// The path.
    pub path: String,
    /// Which part of the file.
    pub part: Part,
    /// How it is shown.
    pub shown: Shown,
    /// Whether it is alone on its lines.
    pub is_flow: bool,
    /// Whether its name is that of an import.
    pub is_imported: bool,
    /// The values of its attributes.
    pub scope: Scope,
}

impl Use {
    /// The bytes that it replaces.
    pub fn span(&self) -> Range<usize> {
        match self {
            Self::Mark(include) => include.span.clone(),
            Self::Component(component) => component.span.clone(),
            Self::Value(span, _) => span.clone(),
        }
    }

    /// The same in a text that begins so many bytes earlier.
    pub fn shifted(mut self, by: usize) -> Self {
        let span = match &mut self {
            Self::Mark(include) => &mut include.span,
            Self::Component(component) => &mut component.span,
            Self::Value(span, _) => span,
        };
        *span = span.start + by..span.end + by;
        self
    }
}

/// What names in a file mean.
#[derive(Default)]
struct Meaning {
    /// Documents that are used as components, by name.
    documents: HashMap<String, String>,
    /// Files whose text is meant, by name.
    texts: HashMap<String, String>,
    /// Values of names, where the file is included.
    values: Names,
    given: Scope,
    /// How many bytes of values may still be put in place of names.
    left: Cell<usize>,
}

/// Longest value that an attribute passes on which is a name itself.
const LONGEST_PASSED: usize = 4096;

/// What is replaced in a text of a file.
pub(super) fn uses(
    text: &str,
    frame: &Frame<'_>,
    dialect: Dialect,
    files: &Files<'_>,
    left: usize,
) -> Vec<Use> {
    let found = references(text, dialect);
    let is_included = frame.stack.len() > 1;
    let meaning = Meaning::of(text, &found, frame, files);
    meaning.left.set(left);
    let mut uses = Vec::new();
    let mut rest = found.iter().peekable();
    while let Some(one) = rest.next() {
        match &one.kind {
            // The names of an included text are its own.
            ReferenceKind::Statement if is_included => {
                uses.push(Use::Value(one.span.clone(), String::new()));
            }
            ReferenceKind::Open {
                name,
                attributes,
                self_closing,
            } => {
                let next = rest.peek().copied();
                let closing = next.filter(|next| !self_closing && is_closing(next, name));
                match meaning.component(text, one, name, attributes, closing) {
                    Some(component) => uses.push(Use::Component(component)),
                    None => uses.extend(meaning.attributes(attributes, files)),
                }
            }
            ReferenceKind::Close { name } if meaning.documents.contains_key(name) => {
                uses.push(Use::Value(one.span.clone(), String::new()));
            }
            ReferenceKind::Expression(inner) => {
                let value = meaning.value(&text[inner.clone()], files);
                uses.extend(value.map(|value| Use::Value(one.span.clone(), value)));
            }
            _ => {}
        }
    }
    uses
}

fn is_closing(reference: &Reference, name: &str) -> bool {
    matches!(&reference.kind, ReferenceKind::Close { name: closed } if closed == name)
}

impl Meaning {
    fn of(text: &str, found: &[Reference], frame: &Frame<'_>, files: &Files<'_>) -> Self {
        let mut meaning = Self {
            given: frame.scope.clone(),
            ..Self::default()
        };
        let is_included = frame.stack.len() > 1;
        let blocks = found.iter();
        let blocks = blocks.filter(|one| one.kind == ReferenceKind::Statement);
        for statement in blocks.flat_map(|one| statements(&text[one.span.clone()])) {
            match statement {
                Statement::Constant { name, value } if is_included => {
                    meaning.values.insert(name, value);
                }
                Statement::Constant { .. } => {}
                Statement::Import(import) => meaning.import(import, frame, files),
            }
        }
        meaning
    }

    /// Takes in what an import gives a name to.
    fn import(&mut self, import: Import, frame: &Frame<'_>, files: &Files<'_>) {
        let Some(name) = import.name else {
            return;
        };
        let is_included = frame.stack.len() > 1;
        match files.find(&frame.file.path, &import.path) {
            Found::File(path) if import.is_raw => {
                self.texts.insert(name, path);
            }
            Found::File(path) if is_document(&path) => {
                self.documents.insert(name, import.path);
            }
            // From the page, the file would be somewhere else.
            Found::File(path) if is_included && is_shown(&path) => {
                let path = format!("/{path}");
                self.values.insert(name, Value::String(path));
            }
            _ if is_document(&import.path) => {
                self.documents.insert(name, import.path);
            }
            _ => {}
        }
    }

    /// The file that a tag includes; `None` for any other tag.
    fn component(
        &self,
        text: &str,
        one: &Reference,
        name: &str,
        attributes: &[ReferenceAttribute],
        closing: Option<&Reference>,
    ) -> Option<Component> {
        let imported = self.documents.get(name);
        if imported.is_none() && !INCLUDES.contains(&name) {
            return None;
        }
        let inner = closing.map(|closing| one.span.end..closing.span.start);
        let inner = inner.map_or("", |range| text[range].trim());
        let named = PATHS.iter().find_map(|path| self.text_of(attributes, path));
        let named = imported.cloned().or(named);
        let is_whole = named.is_none() || inner.is_empty();
        let end = closing.filter(|_| is_whole).unwrap_or(one).span.end;
        let path = named.unwrap_or_else(|| inner.to_string());
        if path.is_empty() || path.contains("://") {
            return None;
        }
        let (path, part) = match path.split_once('#') {
            Some((path, name)) => (path.to_string(), Part::Named(name.to_string())),
            None => (path, Part::Whole),
        };
        Some(Component {
            span: one.span.start..end,
            path,
            part,
            shown: self.shown(attributes),
            is_flow: one.is_flow,
            is_imported: imported.is_some(),
            scope: self.scope(attributes),
        })
    }

    /// How a tag shows its file: as code, where it names a language or what else is at a fence.
    fn shown(&self, attributes: &[ReferenceAttribute]) -> Shown {
        let mut names = ["lang", "language"].iter();
        let language = names.find_map(|name| self.text_of(attributes, name));
        let meta = self.text_of(attributes, "meta");
        match language.is_some() || meta.is_some() {
            true => Shown::Code(language, meta.unwrap_or_default()),
            false => Shown::Text,
        }
    }

    /// The text of an attribute.
    fn text_of(&self, attributes: &[ReferenceAttribute], name: &str) -> Option<String> {
        let attribute = attributes.iter().rev().find(|one| one.name == name)?;
        match self.known(&attribute.value)? {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// A value, with that of a name in its place.
    fn known(&self, value: &Value) -> Option<Value> {
        match value {
            Value::Unread(name) => {
                let (value, size) = self.lookup(name)?;
                (size <= LONGEST_PASSED).then(|| value.clone())
            }
            value => Some(value.clone()),
        }
    }

    /// The value of a name and its size.
    fn lookup(&self, name: &str) -> Option<(&Value, usize)> {
        let name = name.trim();
        let given = self.given.0.as_deref();
        let found = self.values.value(name);
        found.or_else(|| given.and_then(|given| given.value(name)))
    }

    /// What the names of attributes mean in the file that a tag includes.
    fn scope(&self, attributes: &[ReferenceAttribute]) -> Scope {
        let mut names = Names::default();
        let mut all = Vec::new();
        for attribute in attributes.iter().filter(|one| !one.name.is_empty()) {
            if let Some(value) = self.known(&attribute.value) {
                names.insert(attribute.name.clone(), value.clone());
                all.push((attribute.name.clone(), value));
            }
        }
        names.insert(PROPERTIES.to_string(), Value::Map(all));
        Scope(Some(Rc::new(names)))
    }

    /// The values of a tag's attributes that are names.
    fn attributes(&self, attributes: &[ReferenceAttribute], files: &Files<'_>) -> Vec<Use> {
        let value = |one: &ReferenceAttribute| match &one.value {
            Value::Unread(name) => Some(Use::Value(one.span.clone(), self.value(name, files)?)),
            _ => None,
        };
        attributes.iter().filter_map(value).collect()
    }

    /// The value of an expression as another one, which is a literal.
    fn value(&self, expression: &str, files: &Files<'_>) -> Option<String> {
        let expression = expression.trim();
        if let Some(path) = self.texts.get(expression) {
            let text = files.text(path)?;
            self.take(text.text.len())?;
            return Some(format!("{{{}}}", serde_json::Value::from(&*text.text)));
        }
        let (value, size) = self.lookup(expression)?;
        self.take(size)?;
        Some(format!("{{{}}}", value.to_json()))
    }

    /// Takes so many bytes; `None` where no more are left.
    fn take(&self, bytes: usize) -> Option<()> {
        self.left.set(self.left.get().checked_sub(bytes)?);
        Some(())
    }
}
