//! Where a text may refer to others: its tags, expressions and statements, in order, without the
//! tree around them.

use std::ops::Range;

use crate::literal::{self, Value};
use crate::markdown::attribute;
use crate::markdown::scan::{Tag, scan_free};
use crate::markdown::schema::Dialect;
use crate::markdown::tag::TagKind;

/// A tag, an expression or a statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// Which of them.
    pub kind: ReferenceKind,
    /// Its bytes.
    pub span: Range<usize>,
    /// Whether it is alone on its lines.
    pub is_flow: bool,
}

/// What refers to something.
#[derive(Debug, Clone, PartialEq)]
pub enum ReferenceKind {
    /// Lines of `import` and `export`.
    Statement,
    /// `<name …>`
    Open {
        /// Its name.
        name: String,
        /// Its attributes.
        attributes: Vec<ReferenceAttribute>,
        /// Whether it ends in `/>`.
        self_closing: bool,
    },
    /// `</name>`
    Close {
        /// Its name.
        name: String,
    },
    /// `{…}`; the bytes between the braces.
    Expression(Range<usize>),
}

/// An attribute of a tag.
#[derive(Debug, Clone, PartialEq)]
pub struct ReferenceAttribute {
    /// Its name; empty for `{...spread}`.
    pub name: String,
    /// Its value; `true` where it has none.
    pub value: Value,
    /// Bytes of the value, with its braces where it has some.
    pub span: Range<usize>,
}

/// The references of a text whose line ends are LF or CRLF; what is in code is none.
pub fn references(text: &str, dialect: Dialect) -> Vec<Reference> {
    // A carriage return is a blank at the end of a line, and offsets stay the same.
    let plain = text.contains('\r').then(|| text.replace("\r\n", " \n"));
    let text = plain.as_deref().unwrap_or(text);
    let (scan, _) = scan_free(text, dialect);
    let tags = scan.tags.into_iter();
    tags.filter_map(|tag| reference(text, tag)).collect()
}

fn reference(text: &str, tag: Tag) -> Option<Reference> {
    let kind = match &tag.kind {
        TagKind::Esm => ReferenceKind::Statement,
        TagKind::Expression { inner } => ReferenceKind::Expression(inner.clone()),
        TagKind::Close { name } => ReferenceKind::Close {
            name: text[name.clone()].to_string(),
        },
        TagKind::Open {
            name,
            attributes,
            self_closing,
        } => ReferenceKind::Open {
            name: text[name.clone()].to_string(),
            attributes: attributes
                .iter()
                .map(|one| ReferenceAttribute {
                    name: text[one.name.clone()].to_string(),
                    value: value(text, one.value.clone(), &tag),
                    span: one.value.clone().unwrap_or(one.name.clone()),
                })
                .collect(),
            self_closing: *self_closing,
        },
        TagKind::Comment | TagKind::Directive(_) | TagKind::DirectiveEnd { .. } => return None,
    };
    Some(Reference {
        kind,
        span: tag.span,
        is_flow: tag.is_flow,
    })
}

fn value(text: &str, range: Option<Range<usize>>, tag: &Tag) -> Value {
    let Some(range) = range else {
        return Value::Bool(true);
    };
    let is_quoted = text[..range.start].ends_with(['"', '\'']);
    let source = &text[range.clone()];
    let inner = source.strip_prefix('{').filter(|_| !is_quoted);
    match inner.and_then(|rest| rest.strip_suffix('}')) {
        Some(inner) => literal::read(inner),
        None => Value::String(attribute::decode(text, range, &tag.containers).text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_have_their_bytes_and_none_is_in_code() {
        let text =
            "import A from './a.mdx'\r\n\r\n- <A x=\"1\" y={2} />\r\n\r\n`<B />` {p.q} b\r\n";
        let found = references(text, Dialect::Mdx);
        let shown = found.iter().map(|one| text[one.span.clone()].trim());
        let expected = ["import A from './a.mdx'", "<A x=\"1\" y={2} />", "{p.q}"];
        assert_eq!(shown.collect::<Vec<_>>(), expected);
        let ReferenceKind::Open { attributes, .. } = &found[1].kind else {
            panic!("not a tag");
        };
        assert_eq!(attributes[0].value, Value::String("1".into()));
        assert_eq!(attributes[1].value, Value::Number(2.0));
    }
}
