//! Images of a sheet as figures: what each is called, and what is said in its place.

use std::rc::Rc;

use crate::model::site::Target;
use crate::render::figure::{Figure, Figures, Picture};
use crate::render::html::{Destination, RenderContext};

/// Height of an image that is part of a line, at most, in CSS pixels.
const ICON: u32 = 48;

impl RenderContext<'_> {
    /// The image at `url` as a sheet shows it, with its bytes where the sheet contains them; `None`
    /// where no sheet is made.
    pub(in crate::render) fn figure(
        &self,
        url: &str,
        says: &str,
    ) -> Option<(Figure, Option<Rc<Picture>>)> {
        let figures = self.figures?;
        let target = self.site.target(self.page, url);
        let mut figure = self.named_figure(figures, &target, says);
        let place = place(&target, url);
        if !place.is_empty() {
            figure.instead = format!("{} ({place})", figure.instead);
        }
        let Target::Asset(path) = target else {
            return Some((figure, None));
        };
        // A sheet of the site shows its images by their addresses.
        let is_alone = self.destination == Destination::Alone;
        let picture = is_alone.then(|| figures.picture(&self.sources.assets, &path));
        let picture = picture.flatten();
        if picture.is_some() {
            figure.picture = path;
        }
        Some((figure, picture))
    }

    /// The next figure of a sheet, with the words for it.
    fn named_figure(&self, figures: &Figures, target: &Target, says: &str) -> Figure {
        let word = self.strings.sheet("sheet_figure");
        let number = match self.is_icon(target) {
            true => String::new(),
            false => format!("{word} {}", figures.next()),
        };
        let named = if number.is_empty() { word } else { &number };
        let (name, instead) = match says {
            "" => (named.to_string(), named.to_string()),
            says => (says.to_string(), format!("{named}: {says}")),
        };
        Figure {
            name,
            caption: match number.as_str() {
                "" => String::new(),
                _ => instead.clone(),
            },
            number,
            instead,
            picture: String::new(),
        }
    }

    /// Whether an image is part of a line, as a button's is.
    fn is_icon(&self, target: &Target) -> bool {
        let Target::Asset(path) = target else {
            return false;
        };
        let size = self.site.assets.get(path).copied().flatten();
        size.is_some_and(|size| size.height <= ICON)
    }
}

/// Where an image is, for people: a file's name, or an address elsewhere.
fn place<'t>(target: &'t Target, url: &'t str) -> &'t str {
    match target {
        Target::Unsafe => "",
        Target::External => url,
        Target::Asset(path) => path.rsplit('/').next().unwrap_or(path),
        _ => url.rsplit('/').next().unwrap_or(url),
    }
}
