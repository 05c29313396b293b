//! Images, each with its size where its file states one, so that nothing moves when they come.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::markdown::node::{Block, Inline, Link};
use crate::markdown::text::{collapse_blanks, inline_text};
use crate::markdown::walk::{Attributes, Node, walk, walk_inlines};
use crate::model::site::Target;
use crate::render::figure::{Figure, Picture};
use crate::render::html::{Destination, RenderContext, Writer, escape};
use crate::source::image::ImageSize;

/// Whether a paragraph contains images and nothing else.
pub(super) fn is_of_images(inlines: &[Inline]) -> bool {
    let is_blank = |inline: &Inline| match inline {
        Inline::SoftBreak(_) | Inline::HardBreak(_) | Inline::Comment(_) => true,
        Inline::Text(node) => node.text.trim().is_empty(),
        _ => false,
    };
    let mut shown = inlines.iter().filter(|inline| !is_blank(inline)).peekable();
    shown.peek().is_some() && shown.all(|inline| matches!(inline, Inline::Image(_)))
}

/// What an image says that it shows: its alternative text, or its title where it has none.
pub(in crate::render) fn shown_by(image: &Link) -> String {
    match collapse_blanks(&inline_text(&image.inlines)) {
        says if says.is_empty() => collapse_blanks(&image.title),
        says => says,
    }
}

impl RenderContext<'_> {
    /// What replaces an image of another host, which the policy of the page does not let in: a
    /// link that says this. `None` for every other image.
    pub(in crate::render) fn instead_of_image<'s>(
        &'s self,
        url: &str,
        says: &'s str,
    ) -> Option<&'s str> {
        let is_remote = self.site.target(self.page, url) == Target::External;
        let says = match says {
            "" => self.strings.page("image_open"),
            says => says,
        };
        is_remote.then_some(says)
    }

    /// Size of the image at `url`, where it is in the content folder.
    fn image_size(&self, url: &str) -> Option<ImageSize> {
        match self.site.target(self.page, url) {
            Target::Asset(path) => self.site.assets.get(&path).copied().flatten(),
            _ => None,
        }
    }
}

/// The images among these that another of them shows in light colours: `a-dark.png` beside
/// `a-light.png` or `a.png`. A page has one picture for both.
pub(super) fn dark_twins(inlines: &[Inline]) -> Vec<String> {
    let mut urls = Vec::new();
    walk_inlines(inlines, Attributes::Skip, &mut |node| {
        if let Node::Inline(Inline::Image(image)) = node {
            urls.push(image.url.as_str());
        }
    });
    twins(&urls)
}

/// The same among blocks.
pub(super) fn dark_twins_in(blocks: &[Block]) -> Vec<String> {
    let mut urls = Vec::new();
    walk(blocks, Attributes::Skip, &mut |node| {
        if let Node::Inline(Inline::Image(image)) = node {
            urls.push(image.url.as_str());
        }
    });
    twins(&urls)
}

fn twins(urls: &[&str]) -> Vec<String> {
    // More images than that are a gallery.
    const MOST_IMAGES: usize = 8;
    if urls.len() > MOST_IMAGES {
        return Vec::new();
    }
    let is_twin = |url: &&&str| {
        let light = ["light", "Light"].map(|word| url.replace("dark", word).replace("Dark", word));
        let plain = ["-dark", "_dark", ".dark", "Dark"].map(|word| url.replace(word, ""));
        let mut others = light.iter().chain(&plain);
        others.any(|other| other.as_str() != **url && urls.contains(&other.as_str()))
    };
    let found = urls.iter().filter(is_twin);
    found.map(|url| url.to_string()).collect()
}

/// What puts off loading an image until it is nearly seen.
const LAZY: &str = " loading=\"lazy\"";

/// The HTML of a page with its first image loaded at once, because it is seen before anybody scrolls.
pub fn with_first_image_at_once(mut html: String) -> String {
    // Text contains no `<`.
    if let Some(start) = html.find("<img ")
        && let Some(length) = html[start..].find('>')
        && let Some(at) = html[start..start + length].find(LAZY)
    {
        html.replace_range(start + at..start + at + LAZY.len(), "");
    }
    html
}

impl Writer<'_> {
    /// An image of the text.
    pub(super) fn image(&mut self, image: &Link) {
        if self.dark_twins.contains(&image.url) {
            return;
        }
        self.image_at(&image.url, &shown_by(image), &image.title);
    }

    /// The image at `url`, or a link where the page may not show it.
    pub(super) fn image_at(&mut self, url: &str, says: &str, title: &str) {
        let Some((figure, picture)) = self.context.figure(url, says) else {
            return self.linked_image(url, says, title, says);
        };
        if self.context.destination == Destination::Alone {
            return self.figure(&figure, picture.as_deref(), url);
        }
        let is_remote = self.context.instead_of_image(url, says).is_some();
        let says = if is_remote { &figure.caption } else { says };
        self.linked_image(url, says, title, &figure.name);
        if !is_remote {
            self.caption(&figure.caption);
        }
    }

    fn caption(&mut self, caption: &str) {
        if !caption.is_empty() {
            self.html.push_str("<span class=\"figure-caption\">");
            self.text(caption);
            self.html.push_str("</span>");
        }
    }

    /// The image with its bytes, or what is said in its place: nothing is fetched.
    fn figure(&mut self, figure: &Figure, picture: Option<&Picture>, url: &str) {
        let Some(picture) = picture else {
            let address = self.context.href(url).filter(|_| !self.is_in_link);
            self.html.push_str("<span class=\"figure\">");
            match address.filter(|address| address.starts_with("http")) {
                Some(address) => self.link_to_image(&address, &figure.instead),
                None => self.text(&figure.instead),
            }
            self.html.push_str("</span>");
            return;
        };
        let name = escape(&figure.name);
        let (kind, bytes) = (picture.format.media_type(), STANDARD.encode(&picture.bytes));
        let _ = write!(
            self.html,
            "<img src=\"data:{kind};base64,{bytes}\" alt=\"{name}\""
        );
        self.size(picture.size);
        self.html.push('>');
        self.caption(&figure.caption);
    }

    fn size(&mut self, size: Option<ImageSize>) {
        if let Some(ImageSize { width, height }) = size {
            let _ = write!(self.html, " width=\"{width}\" height=\"{height}\"");
        }
    }

    /// The image by its address.
    fn linked_image(&mut self, url: &str, says: &str, title: &str, name: &str) {
        let Some(src) = self.context.href(url) else {
            return self.text(says);
        };
        let context = self.context;
        if let Some(says) = context.instead_of_image(url, says) {
            return self.link_to_image(&src, says);
        }
        let (src, alt) = (escape(&src), escape(name));
        let _ = write!(
            self.html,
            "<img src=\"{src}\" alt=\"{alt}\"{LAZY} decoding=\"async\""
        );
        self.size(self.context.image_size(url));
        if !title.is_empty() {
            let _ = write!(self.html, " title=\"{}\"", escape(title));
        }
        self.html.push('>');
    }

    fn link_to_image(&mut self, address: &str, says: &str) {
        if self.is_in_link {
            return self.text(says);
        }
        let _ = write!(self.html, "<a href=\"{}\">", escape(address));
        self.text(says);
        self.html.push_str("</a>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_image_of_a_page_is_loaded_at_once() {
        let image = "<img src=\"a\" alt=\"b &gt;\" loading=\"lazy\" decoding=\"async\">";
        let at_once = "<img src=\"a\" alt=\"b &gt;\" decoding=\"async\">";
        let page = |first: &str| format!("<p>loading=\"lazy\" &lt;img </p>{first}{image}");
        assert_eq!(with_first_image_at_once(page(image)), page(at_once));
        assert_eq!(with_first_image_at_once("<p>a</p>".into()), "<p>a</p>");
        assert_eq!(with_first_image_at_once("<img ".into()), "<img ");
    }
}
