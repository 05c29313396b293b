//! Images of a sheet as figures: what each is called, and what is said in its place.

use std::rc::Rc;

use crate::model::site::Target;
use crate::render::figure::{Figure, Picture};
use crate::render::html::{Destination, RenderContext};

impl RenderContext<'_> {
    /// The image at `url` as a sheet shows it, with its bytes where the sheet contains them; `None`
    /// where no sheet is made.
    pub(in crate::render) fn figure(
        &self,
        url: &str,
        says: &str,
    ) -> Option<(Figure, Option<Rc<Picture>>)> {
        let figures = self.figures?;
        let number = figures.next();
        let word = self.strings.sheet("sheet_figure");
        let (name, named) = match says {
            "" => (format!("{word} {number}"), format!("{word} {number}")),
            says => (says.to_string(), format!("{word}: {says}")),
        };
        let target = self.site.target(self.page, url);
        let mut figure = Figure {
            name,
            instead: match place(&target, url) {
                "" => named,
                place => format!("{named} ({place})"),
            },
            picture: String::new(),
        };
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
