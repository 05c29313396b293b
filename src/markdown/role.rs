//! What components are: each name has a role, and each role knows its attributes.
//!
//! Names are data, in `presets/roles.yaml` and in `components:` of a project. Everything that shows a
//! component – pages, sheets, Markdown twins, the model's notices – asks [`Schema::resolve`], so that
//! all of them agree. The tree keeps names as they are written.

mod condition;
mod panel;

use crate::literal::Value;
use crate::markdown::node::{Attribute, Block, Children, Component, Content, Inline, Syntax};
use crate::markdown::schema::role::{ComponentRole, RoleSchema};
use crate::markdown::schema::{Dialect, Role, Schema};
use crate::markdown::text::{collapse_blanks, inline_text, is_visible};

pub use crate::markdown::role::condition::Condition;
pub use crate::markdown::role::panel::{Label, Panel};

/// How much a callout matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It informs.
    Note,
    /// It helps.
    Tip,
    /// It must not be missed.
    Important,
    /// It is about something that may go wrong.
    Warning,
    /// It is about something that cannot be undone.
    Danger,
}

impl Kind {
    /// The kind of this name.
    fn of(name: &str) -> Option<Self> {
        match name {
            "note" => Some(Self::Note),
            "tip" => Some(Self::Tip),
            "important" => Some(Self::Important),
            "warning" => Some(Self::Warning),
            "danger" => Some(Self::Danger),
            _ => None,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Important => "important",
            Self::Warning => "warning",
            Self::Danger => "danger",
        }
    }
}

/// A short text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Text<'a> {
    /// As it is.
    Plain(&'a str),
    /// With marks.
    Inlines(&'a [Inline]),
}

impl Text<'_> {
    /// The text on one line.
    pub fn line(self) -> String {
        match self {
            Self::Plain(text) => collapse_blanks(text),
            Self::Inlines(inlines) => collapse_blanks(&inline_text(inlines)),
        }
    }
}

/// Attributes that name the kind of a callout where its name does not.
const KINDS: [&str; 6] = ["type", "kind", "variant", "status", "severity", "intent"];

/// Attributes with code.
const CODES: [&str; 5] = ["code", "snippet", "source", "content", "children"];

/// A component with its role.
#[derive(Debug, Clone, Copy)]
pub struct Resolved<'a> {
    /// What it is shown as.
    pub role: ComponentRole,
    component: &'a Component,
    entry: Option<&'a RoleSchema>,
    schema: &'a Schema,
}

impl Schema {
    /// The title of a component that opens its content, and the attribute that has it; `None` for other components and
    /// for one without a title.
    pub fn details_title<'a>(
        &'a self,
        component: &'a Component,
    ) -> Option<(String, Option<&'a str>)> {
        let attribute = ComponentRole::Details.titles().iter();
        let attribute = attribute.copied().find(|name| {
            let attribute = component.attribute(name);
            attribute.is_some_and(|attribute| text_of(attribute).is_some())
        });
        let title = match self.get(&component.name) {
            Some(declared) if declared.role == Some(Role::Details) => {
                text_of(component.attribute(attribute?)?)
            }
            Some(_) => None,
            None => {
                let resolved = self.resolve(component)?;
                (resolved.role == ComponentRole::Details).then(|| resolved.title())?
            }
        };
        let title = title?.line();
        (!title.is_empty()).then_some((title, attribute))
    }

    /// The role of a component; `None` for one that is shown by its template, or in the frame of
    /// unknown ones.
    pub fn resolve<'a>(&'a self, component: &'a Component) -> Option<Resolved<'a>> {
        if self.get(&component.name).is_some() {
            return None;
        }
        let entry = self.entry(component);
        let is_alert = matches!(component.syntax, Syntax::Alert | Syntax::Admonition);
        let opens = component.syntax == Syntax::Admonition && component.attribute("open").is_some();
        let role = match entry {
            Some(entry) if opens && entry.role == ComponentRole::Callout => ComponentRole::Details,
            None if opens => ComponentRole::Details,
            Some(entry) => entry.role,
            None if is_alert => ComponentRole::Callout,
            None if component.syntax == Syntax::Directive => ComponentRole::Transparent,
            None => self.unknown(),
        };
        let resolved = Resolved {
            role,
            component,
            entry,
            schema: self,
        };
        match role {
            ComponentRole::Box => None,
            ComponentRole::When => Some(resolved.decided()),
            _ => Some(resolved),
        }
    }

    /// Names of directives and alerts are written in any case.
    fn entry(&self, component: &Component) -> Option<&RoleSchema> {
        match component.syntax {
            Syntax::Tag | Syntax::Element => self.role(&component.name),
            _ => self
                .role(&component.name)
                .or_else(|| self.role(&component.name.to_lowercase())),
        }
    }

    /// Whether nobody says what the tags of this name are.
    pub fn is_unknown(&self, name: &str) -> bool {
        self.get(name).is_none() && self.role(name).is_none()
    }

    /// Whether names that nobody declared are reported once only, as in documents of others.
    pub fn is_lenient(&self) -> bool {
        self.dialect != Dialect::Help
    }
}

impl<'a> Resolved<'a> {
    /// A part of a text whose conditions the project has decided is left out, or is for everybody.
    fn decided(self) -> Self {
        let variables = &self.schema.variables;
        let role = if self.is_left_out(variables) {
            ComponentRole::Hidden
        } else if self.is_decided(variables) {
            ComponentRole::Transparent
        } else {
            ComponentRole::When
        };
        Self { role, ..self }
    }

    /// Whether it is a part of a text whose conditions all hold.
    pub(super) fn holds(&self) -> bool {
        let is_condition = self
            .entry
            .is_some_and(|entry| entry.role == ComponentRole::When);
        is_condition && self.role == ComponentRole::Transparent
    }

    /// The component.
    pub fn component(&self) -> &'a Component {
        self.component
    }

    /// The kind of a callout: what its name says, else its attribute; `None` where neither is a
    /// known word.
    pub fn kind(&self) -> Option<Kind> {
        let named = self.entry.and_then(|entry| entry.kind.as_deref());
        if let Some(kind) = named.and_then(|word| self.kind_of(word)) {
            return Some(kind);
        }
        let attributes = named.into_iter().chain(KINDS);
        let mut words = attributes.filter_map(|name| self.plain(name));
        words
            .find_map(|word| self.kind_of(word))
            .or_else(|| self.is_alert().then_some(Kind::Note))
    }

    fn is_alert(&self) -> bool {
        matches!(self.component.syntax, Syntax::Alert | Syntax::Admonition)
    }

    /// A word of a kind is one of a callout that is named so.
    fn kind_of(&self, word: &str) -> Option<Kind> {
        let word = word.to_lowercase();
        Kind::of(&word).or_else(|| Kind::of(self.schema.role(&word)?.kind.as_deref()?))
    }

    /// Its title; `None` when it has none.
    pub fn title(&self) -> Option<Text<'a>> {
        let own = self.role.titles().iter();
        let own = own.filter_map(|name| self.text(name)).next();
        let named = self.entry.and_then(|entry| entry.title.as_deref());
        let is_named_alert = self.component.syntax == Syntax::Alert && self.entry.is_none();
        let word = is_named_alert.then_some(self.component.name.as_str());
        // `!!! note ""` has no title.
        let is_untitled = self.component.syntax == Syntax::Admonition
            && self.component.attribute("title").is_some();
        own.or(named.or(word).filter(|_| !is_untitled).map(Text::Plain))
    }

    /// Texts of its attributes that are shown below the title, in the order of the role.
    pub fn texts(&self) -> Vec<Text<'a>> {
        let title = self.title();
        let names = self.role.texts().iter();
        let texts = names.filter_map(|name| self.text(name));
        texts.filter(|text| Some(*text) != title).collect()
    }

    /// The text of an attribute; `None` when it is absent, empty or no text.
    pub fn text(&self, name: &str) -> Option<Text<'a>> {
        text_of(self.component.attribute(name)?)
    }

    /// The plain text of an attribute, blanks at its ends cut off.
    pub fn plain(&self, name: &str) -> Option<&'a str> {
        plain_value(self.component.attribute(name)?)
    }

    /// Whether an attribute is there and not `{false}`.
    pub fn flag(&self, name: &str) -> bool {
        let Some(attribute) = self.component.attribute(name) else {
            return false;
        };
        let is_off = matches!(&attribute.literal, Some(Value::Bool(false) | Value::Null));
        !is_off && attribute.value.as_deref() != Some("false")
    }

    /// Its icon, where that is a pictograph; a name means a drawing that is not here.
    pub fn icon(&self) -> Option<&'a str> {
        let icon = self.plain("icon").or_else(|| self.plain("emoji"))?;
        let is_pictograph = !icon.is_ascii() && !icon.contains('/') && icon.chars().count() <= 8;
        is_pictograph.then_some(icon)
    }

    /// Code in an attribute.
    pub fn code(&self) -> Option<&'a str> {
        CODES.iter().find_map(|name| self.plain(name))
    }

    /// Where it leads.
    pub fn href(&self) -> Option<&'a str> {
        ["href", "url", "to", "link"]
            .iter()
            .find_map(|name| self.plain(name))
    }

    /// Where it leads that names a thing of another site by its id; `None` when it has none.
    pub fn made_href(&self) -> Option<String> {
        let pattern = self.entry?.href.as_deref()?;
        let (before, rest) = pattern.split_once('{')?;
        let (names, after) = rest.split_once('}')?;
        let id = names.split('|').find_map(|name| self.plain(name))?;
        let is_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        id.chars()
            .all(is_id)
            .then(|| format!("{before}{id}{after}"))
    }

    /// The file that it shows: the light one of two.
    pub fn source(&self) -> Option<&'a str> {
        ["src", "image", "img", "light", "srcLight", "lightSrc"]
            .iter()
            .find_map(|name| self.plain(name))
    }

    /// The visible attributes of a component that nobody knows, in source order, without its
    /// address.
    pub fn visible(&self) -> impl Iterator<Item = Text<'a>> {
        let attributes = self.component.attributes.iter();
        attributes.filter_map(|attribute| match &attribute.content {
            Content::Inlines(inlines) => Some(Text::Inlines(inlines)),
            _ if is_visible(attribute) => plain_value(attribute).map(Text::Plain),
            _ => None,
        })
    }

    /// The light one of several files that it shows in turn.
    pub fn light_source(&self) -> Option<&'a str> {
        let attribute = self.component.attribute("sources")?;
        attribute.literal.as_ref()?.get("light")?.as_str()
    }

    /// Its blocks; none in running text.
    pub fn blocks(&self) -> &'a [Block] {
        match &self.component.children {
            Children::Blocks(blocks) => blocks,
            Children::Inlines(_) => &[],
        }
    }
}

/// The text of an attribute, with its marks where it has some.
fn text_of(attribute: &Attribute) -> Option<Text<'_>> {
    match &attribute.content {
        Content::Inlines(inlines) if !inlines.is_empty() => Some(Text::Inlines(inlines)),
        _ => plain_value(attribute).map(Text::Plain),
    }
}

/// The text or the number of an attribute.
fn plain_value(attribute: &Attribute) -> Option<&str> {
    let is_text = match &attribute.literal {
        None => true,
        Some(literal) => matches!(literal, Value::String(_) | Value::Number(_)),
    };
    let value = attribute.value.as_deref().map(str::trim);
    value.filter(|value| is_text && !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::markdown::parse;
    use crate::markdown::walk::{Attributes, Node, walk};
    use crate::source::FileId;

    /// Role, kind and title of the first component; nothing where it is hidden.
    fn check(text: &str, expected: &str) {
        let own = "preset: mdx\nvariables: {sdk: vue}\ncomponents:\n  Pit: {as: Callout, kind: level, title: Mind}\n  Sdk: {as: When, attributes: [sdk]}";
        let schema = Config::read(own, "a").unwrap().components;
        let (document, _) = parse(text, FileId(0), &schema);
        let mut found = None;
        walk(&document.blocks, Attributes::Skip, &mut |node| match node {
            Node::Block(Block::Component(component))
            | Node::Inline(Inline::Component(component)) => {
                found = found.or(Some(component));
            }
            _ => {}
        });
        let Some(found) = found else {
            return assert_eq!(expected, "", "{text}");
        };
        let resolved = schema.resolve(found).unwrap();
        let kind = resolved.kind().map_or("", Kind::name);
        let title = resolved.title().map(Text::line).unwrap_or_default();
        assert_eq!(
            format!("{:?} {kind} {title}", resolved.role),
            expected,
            "{text}"
        );
    }

    #[test]
    fn kinds_come_from_the_name_the_attribute_or_the_marker() {
        check("<Note>a</Note>", "Callout note ");
        check(
            "<Callout type=\"error\" title=\"a\">b</Callout>",
            "Callout danger a",
        );
        check("<Aside type=\"caution\">a</Aside>", "Callout warning ");
        check("<Callout icon=\"x\">a</Callout>", "Callout  ");
        check("<Pit level=\"hint\">a</Pit>", "Callout tip Mind");
        check("<Pit level=\"hint\" title=\"b\">a</Pit>", "Callout tip b");
        check(":::danger[*a* b]\nc\n:::", "Callout danger a b");
        check(":::Nobody\na\n:::", "Transparent  ");
        check("> [!WARNING]\n> a", "Callout warning ");
        check("> [!QUIZ]\n> a", "Callout note QUIZ");
    }

    #[test]
    fn admonitions_have_the_title_of_their_kind() {
        let schema = Config::read("preset: markdown", "a").unwrap().components;
        let check = |text: &str, expected: &str| {
            let (document, _) = parse(text, FileId(0), &schema);
            let Some(Block::Component(component)) = document.blocks.first() else {
                panic!("no component in {text}");
            };
            let resolved = schema.resolve(component).unwrap();
            let kind = resolved.kind().map_or("", Kind::name);
            let title = resolved.title().map(Text::line).unwrap_or_default();
            let is_open = resolved.flag("open");
            let shown = format!("{:?} {kind} {title} {is_open}", resolved.role);
            assert_eq!(shown, expected, "{text}");
        };
        check("!!! note\n    a", "Callout note  false");
        check("!!! warning \"b *c*\"\n    a", "Callout warning b c false");
        check("!!! known-issue\n    a", "Callout note Known issue false");
        check("!!! quiz \"b\"\n    a", "Callout note b false");
        check("!!! example\n    a", "Callout note Example false");
        check("!!! example \"\"\n    a", "Callout note  false");
        check("??? danger\n    a", "Details danger  false");
        check("???+ danger \"b\"\n    a", "Details danger b true");
        check("??? quiz\n    a", "Details note Quiz false");
        check(":::quiz{admonition=fixed}\na\n:::", "Transparent   false");
    }

    #[test]
    fn conditions_that_the_project_decides_show_or_hide() {
        check("<Sdk sdk=\"vue\">a</Sdk>", "");
        check("a <Sdk sdk=\"vue\">b</Sdk>", "Transparent  ");
        check("a <Sdk sdk={['react', 'vue']}>b</Sdk>", "Transparent  ");
        check("<Sdk sdk=\"react\">a</Sdk>", "");
        check("<If notSdk=\"vue\">a</If>", "");
        check("a <If sdk=\"react\">**b**</If>", "");
        check("<If sdk=\"vue\" os=\"a\">a</If>", "When  ");
        check("<If>a</If>", "When  ");
    }

    #[test]
    fn id_of_another_site_makes_an_address() {
        let own = "preset: mdx\ncomponents:\n  Film: {as: Video, href: 'https://films.example.com/{id|film}?t=1'}";
        let schema = Config::read(own, "a").unwrap().components;
        let check = |text: &str, expected: Option<&str>| {
            let (document, _) = parse(text, FileId(0), &schema);
            let Some(Block::Component(component)) = document.blocks.first() else {
                panic!("no component in {text}");
            };
            let address = schema.resolve(component).unwrap().made_href();
            assert_eq!(address.as_deref(), expected, "{text}");
        };
        check(
            "<Film film=\"a-1\" />",
            Some("https://films.example.com/a-1?t=1"),
        );
        check("<Film id=\"../x\" />", None);
        check("<Film />", None);
    }

    #[test]
    fn name_that_nobody_declared_is_reported_once_a_document() {
        let mdx = Config::read("preset: mdx", "a").unwrap().components;
        let (_, found) = parse(
            "<Nobody>a</Nobody>\n\n<Nobody />\n\n<Card />",
            FileId(0),
            &mdx,
        );
        let rules: Vec<&str> = found.iter().map(|one| one.rule).collect();
        assert_eq!(rules, ["unknown-component"]);
        let help = Config::defaults().components;
        let (_, found) = parse("<Nobody />\n\n<Nobody />", FileId(0), &help);
        assert_eq!(found.len(), 2);
    }
}
