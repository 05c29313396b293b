//! Frontmatter whose keys have the meanings that [`FrontmatterKeys`] gives them. Other keys belong
//! to the site's own tool and are no fault.

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::literal::Value;
use crate::markdown::frontmatter::{Frontmatter, FrontmatterKeys, Seo};
use crate::source::{FileId, Span};

/// Rule for a date that cannot be read.
pub(super) const UNREADABLE_DATE: &str = "frontmatter-date";

/// Keys of a map that is written in place of a date, of a badge.
const DATE_KEYS: [&str; 3] = ["updated", "created", "date"];
const BADGE_KEYS: [&str; 2] = ["text", "label"];

/// Forms of a date besides `2024-03-08`.
const FORMS: [&str; 6] = [
    "%B %d, %Y",
    "%b %d, %Y",
    "%d %B %Y",
    "%d %b %Y",
    "%Y/%m/%d",
    "%Y.%m.%d",
];

/// Length of a day such as `2024-03-08`.
const DAY: usize = 10;

/// What the values of `source` say, which starts at `start` in the file.
pub(super) fn read(
    values: &Value,
    keys: &FrontmatterKeys,
    source: &str,
    start: usize,
    file: FileId,
) -> (Frontmatter, Option<Diagnostic>) {
    let block = Values { values };
    let written = block.date(&keys.date);
    let date = written.as_deref().and_then(read_date);
    let unreadable = written.filter(|_| date.is_none());
    let is_published = block.switch(&keys.published) != Some(false);
    let frontmatter = Frontmatter {
        title: block.text(&keys.title).map(without_code_marks),
        short_title: block.text(&keys.short_title).map(without_code_marks),
        order: block.number(&keys.order),
        draft: block.switch(&keys.draft) == Some(true) || !is_published,
        hidden: block.switch(&keys.hidden) == Some(true),
        unlisted: block.switch(&keys.unlisted) == Some(true),
        slug: block.text(&keys.slug),
        id: block.text(&keys.id),
        aliases: block.list(&keys.aliases),
        tags: block.words(&keys.tags),
        search_tags: block.words(&keys.search_tags),
        datetime: date,
        lang: block.text(&keys.lang),
        badge: block.badge(&keys.badge),
        seo: Seo {
            title: None,
            description: block.text(&keys.description),
            keywords: block.words(&keys.keywords),
        },
        ..Frontmatter::default()
    };
    let fault = unreadable.map(|date| {
        let at = start + source.find(&date).unwrap_or_default();
        let span = Span::new(at, at + date.len().min(source.len()));
        let help = Message::new(format!("{UNREADABLE_DATE}.help"));
        Diagnostic::new(UNREADABLE_DATE, Severity::Warning, file, span)
            .help(help)
            .with("date", date)
    });
    (frontmatter, fault)
}

/// A date as the rest of the program reads it: `2024-03-08`, with what follows it; or a day that is
/// written in one of the usual forms.
fn read_date(text: &str) -> Option<String> {
    if let Some(day) = text.get(..DAY) {
        let plain = day.replace(['/', '.'], "-");
        if plain.parse::<Date>().is_ok() {
            return Some(plain + &text[DAY..]);
        }
    }
    let mut forms = FORMS.iter();
    let date = forms.find_map(|form| Date::strptime(form, text).ok());
    date.map(|date| date.to_string())
}

/// A block's values, found by the paths of their keys.
pub(super) struct Values<'v> {
    pub values: &'v Value,
}

impl<'v> Values<'v> {
    /// The values of the paths, where there are any.
    fn found(&self, paths: &[String]) -> impl Iterator<Item = &'v Value> {
        let values = self.values;
        let at = move |path: &String| {
            let mut value = values;
            for key in path.split('.') {
                value = value.get(key)?;
            }
            Some(value).filter(|value| **value != Value::Null)
        };
        paths.iter().filter_map(at)
    }

    /// The first value that is there.
    pub fn first(&self, paths: &[String]) -> Option<&'v Value> {
        self.found(paths).next()
    }

    /// The first text or number.
    pub fn text(&self, paths: &[String]) -> Option<String> {
        self.found(paths).find_map(plain)
    }

    fn number(&self, paths: &[String]) -> Option<f64> {
        let number = |value: &Value| match value {
            Value::Number(number) => Some(*number),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        self.found(paths).find_map(number)
    }

    fn switch(&self, paths: &[String]) -> Option<bool> {
        let switch = |value: &Value| match value {
            Value::Bool(value) => Some(*value),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        self.found(paths).find_map(switch)
    }

    /// A list, or one value alone.
    fn list(&self, paths: &[String]) -> Vec<String> {
        let value = self.found(paths).next();
        match value {
            Some(Value::List(items)) => items.iter().filter_map(plain).collect(),
            Some(value) => plain(value).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// A list, which may also be a text with commas.
    fn words(&self, paths: &[String]) -> Vec<String> {
        let Some(Value::String(text)) = self.found(paths).next() else {
            return self.list(paths);
        };
        let words = text.split(',').map(str::trim);
        words
            .filter(|word| !word.is_empty())
            .map(str::to_string)
            .collect()
    }

    fn date(&self, paths: &[String]) -> Option<String> {
        self.found(paths)
            .find_map(|value| plain(value).or_else(|| first_of(value, &DATE_KEYS)))
    }

    fn badge(&self, paths: &[String]) -> Option<String> {
        self.found(paths)
            .find_map(|value| plain(value).or_else(|| first_of(value, &BADGE_KEYS)))
    }
}

/// The first of these keys of a map that has a plain value.
fn first_of(value: &Value, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| plain(value.get(key)?))
}

/// A text or a number as trimmed text; `None` where it is blank or something else.
pub(super) fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(_) | Value::Number(_) => value.text(),
        _ => return None,
    };
    Some(text.trim().to_string()).filter(|text| !text.is_empty())
}

/// A title without the marks of code in it: titles are shown as text.
fn without_code_marks(title: String) -> String {
    match title.matches('`').count() {
        count if count > 0 && count % 2 == 0 => title.replace('`', ""),
        _ => title,
    }
}
