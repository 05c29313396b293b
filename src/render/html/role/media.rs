//! Roles of pictures, films and sounds.

use crate::error::Error;
use crate::markdown::role::{Resolved, Text};
use crate::model::site::Target;
use crate::render::html::Writer;
use crate::render::html::image::dark_twins_in;

impl Writer<'_> {
    /// A drawing is not here; its label is.
    pub(super) fn icon(&mut self, resolved: Resolved<'_>) -> Result<(), Error> {
        let data = self.own_data(resolved)?;
        self.render("components/Icon.html", &data)
    }

    pub(super) fn image_role(&mut self, resolved: Resolved<'_>) -> Result<(), Error> {
        // The image has its number before those below it.
        let mut image = String::new();
        if let Some(url) = resolved.source().or_else(|| resolved.light_source()) {
            let says = resolved.title().map(Text::line).unwrap_or_default();
            image = self.apart(|writer| {
                writer.image_at(url, &says, "");
                Ok(())
            })?;
        }
        let twins = self.dark_twins.len();
        if self.shows_one_of_two() {
            self.dark_twins.extend(dark_twins_in(resolved.blocks()));
        }
        let mut data = self.role_data(resolved)?;
        self.dark_twins.truncate(twins);
        data.image_html = image;
        self.render("components/Image.html", &data)
    }

    /// A file of one's own is played; anything else is a link, for no page loads from elsewhere.
    pub(super) fn video(&mut self, resolved: Resolved<'_>) -> Result<(), Error> {
        let mut data = self.role_data(resolved)?;
        let made = resolved.made_href();
        let own = resolved.source().or_else(|| resolved.href());
        let url = own.or(made.as_deref());
        let place = url.and_then(|url| self.context.href(url));
        if let (Some(url), Some(place)) = (url, place) {
            let target = self.context.site.target(self.context.page, url);
            let is_own = matches!(target, Target::Asset(_)) && self.context.is_on_site();
            match is_own {
                true => data.source = place,
                false => data.href = place,
            }
            let url = url.to_ascii_lowercase();
            let is_sound = |ending: &&str| url.ends_with(*ending);
            data.is_sound = [".mp3", ".ogg", ".wav", ".m4a"].iter().any(is_sound);
        }
        if self.is_in_link {
            data.href.clear();
        }
        self.render("components/Video.html", &data)
    }
}
