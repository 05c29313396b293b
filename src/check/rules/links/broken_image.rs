//! An image file is missing.
//!
//! ## Why
//!
//! The page and the sheet show a gap. On a computer that takes `A.png` for `a.png` the image is
//! shown, and it is missing once the site is published.
//!
//! A file from the root such as `/uploads/screen.png` may be served beside the site, so it is
//! reported only where the content folder contains other files of that folder. The fix corrects an
//! address in which only the case of letters is wrong.
//!
//! ## Bad
//!
//! ````markdown
//! ![채널 추가 화면](images/channel.png)
//! ````
//!
//! ## Good
//!
//! ````markdown
//! ![채널 추가 화면](/uploads/channel.png)
//! ````

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::link::url_span;
use crate::check::rule::Rule;
use crate::check::rules::links::files::Files;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message};
use crate::markdown::node::{Attribute, Block, Component, Inline};
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::address::shown_file;
use crate::model::site::Target;
use crate::source::{FileId, Span};

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "broken-image",
    level: Level::Error,
    source: include_str!("broken_image.rs"),
    check,
    fix: Effect::FileNames,
};

/// An image of a document.
struct Image<'a> {
    file: FileId,
    /// Its address as it is read.
    url: &'a str,
    /// Bytes of the address; `None` where the file writes it in another way, or elsewhere.
    url_span: Option<Span>,
    /// Its bytes: brackets and address, or the value of the attribute.
    span: Span,
}

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let files = Files::of(context.site);
    for (file, page) in context.pages() {
        walk(
            &page.document.blocks,
            Attributes::Enter,
            &mut |node| match node {
                Node::Inline(Inline::Image(image)) => {
                    let image = Image {
                        file,
                        url: &image.url,
                        url_span: url_span(context.text(file), image.span, &image.url),
                        span: image.span,
                    };
                    found.extend(missing(&image, &files, context));
                }
                Node::Block(Block::Component(component))
                | Node::Inline(Inline::Component(component)) => {
                    let images = in_attributes(file, component, context);
                    found.extend(
                        images
                            .iter()
                            .filter_map(|image| missing(image, &files, context)),
                    );
                }
                _ => {}
            },
        );
    }
}

/// The images that attributes of a component name.
fn in_attributes<'a>(
    file: FileId,
    component: &'a Component,
    context: &Context<'_>,
) -> Vec<Image<'a>> {
    let attributes = component.attributes.iter();
    let images = attributes.flat_map(|attribute| {
        let span = attribute.value_span;
        let one = shown_file(component, attribute, context.conventions.schema);
        let urls = one.into_iter().chain(sources(attribute));
        urls.map(move |url| {
            let at = context.slice(file, span).find(url);
            Image {
                file,
                url,
                url_span: at.map(|at| Span::new(span.start + at, span.start + at + url.len())),
                span,
            }
        })
    });
    images.collect()
}

/// Files that are shown in turn: `sources={{ light: 'a.png', dark: 'b.png' }}`.
fn sources(attribute: &Attribute) -> impl Iterator<Item = &str> {
    let literal = attribute.literal.as_ref();
    let literal = literal.filter(|_| attribute.name == "sources");
    let twins = ["light", "dark"].into_iter();
    twins.filter_map(move |twin| literal?.get(twin)?.as_str())
}

/// What is found where an image shows no file. A page is no image either.
fn missing(image: &Image<'_>, files: &Files<'_>, context: &Context<'_>) -> Option<Diagnostic> {
    let target = context.site.target(image.file.0, image.url);
    let shows_none = matches!(target, Target::Missing | Target::Page { .. });
    if !shows_none || files.may_be_beside(image.file, image.url) {
        return None;
    }
    let place = image.url_span.filter(|span| span.start < span.end);
    let found = RULE
        .at(image.file, place.unwrap_or(image.span))
        .with("url", image.url);
    let Some(near) = files.near(image.file, image.url) else {
        return Some(found);
    };
    let help = Message::new("did-you-mean").with("suggestion", &near.url);
    let found = found.help(help);
    Some(match place.filter(|_| near.is_same_but_case) {
        Some(span) => found.edit(span, near.url),
        None => found,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{found_beside, found_beside_with};

    const FILES: [&str; 3] = ["a.png", "images/a b.png", "images/화면.png"];

    fn check(text: &str, expected: &[&str], fixed: &str) {
        let (shown, after) = found_beside(&RULE, &FILES, text);
        assert_eq!(shown, expected, "{text}");
        assert_eq!(after, fixed, "{text}");
    }

    #[test]
    fn files_that_are_there_are_not_found() {
        let text = "![가](a.png) ![나](images/a%20b.png?v=1#x) ![다](</images/화면.png>) \
                    ![라](/images/\u{1112}\u{116a}\u{1106}\u{1167}\u{11ab}.png) \
                    ![마](https://example.com/b.png) ![바](/uploads/c.png)";
        check(text, &[], text);
    }

    #[test]
    fn missing_files_are_found_wherever_an_image_stands() {
        let text = "![가](nope.png)\n\n<Callout content=\"![나](gone.png)\" />\n\n<Accordion title=\"다\" image=\"no.png\" />\n\n![라](/images/none.png) ![마](guide.md) ![바]()\n";
        let expected = [
            "nope.png",
            "gone.png",
            "no.png",
            "/images/none.png",
            "guide.md",
            "![바]()",
        ];
        check(text, &expected, text);
    }

    #[test]
    fn files_of_all_attributes_that_show_images_are_found() {
        let text = "<Frame img=\"no1.png\" light=\"no2.png\" dark=\"no3.png\" />\n\n\
                    <ThemedImage sources={{ light: 'no4.png', dark: '/images/No5.png' }} />\n\n\
                    <Image src=\"a.png\" lightSrc=\"no6.png\" darkSrc=\"A.png\" />\n\n\
                    <img src=\"no7.png\" alt=\"a\" />\n\n\
                    <Card title=\"dark\" dark=\"no file\" img=\"no8.png\">a</Card>\n";
        let (shown, _) = found_beside_with(&RULE, "preset: mdx", &FILES, text);
        let expected = [
            "no1.png",
            "no2.png",
            "no3.png",
            "no4.png",
            "/images/No5.png",
            "no6.png",
            "A.png",
            "no7.png",
            "no8.png",
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn letters_of_another_case_are_put_right() {
        check("![A.png](A.png)\n", &["A.png"], "![A.png](a.png)\n");
        check(
            "![가](/Images/화면.PNG?v=1)\n",
            &["/Images/화면.PNG?v=1"],
            "![가](/images/화면.png?v=1)\n",
        );
        check(
            "<Accordion title=\"가\" image=\" A.png\" />\n",
            &["A.png"],
            "<Accordion title=\"가\" image=\" a.png\" />\n",
        );
    }

    #[test]
    fn only_file_of_the_name_is_suggested() {
        let text = "![가](img/화면.png)\n";
        let (_, after) = found_beside(&RULE, &FILES, text);
        assert_eq!(after, text);
    }
}
