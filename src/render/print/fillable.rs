//! Printed sheets as forms.

use crate::error::Error;
use crate::render::checklist::ChecklistView;
use crate::render::form::font::FormFont;
use crate::render::form::with_fields;
use crate::render::print::Printer;
use crate::render::print::fields::Fields;

impl Printer<'_> {
    /// No fields yet; their words are in the language of this sheet.
    pub(super) fn fields(&self, sheet: &ChecklistView) -> Fields<'_> {
        Fields::new(self.sheet_strings(sheet))
    }

    /// The PDF as a form, where one is asked for. Where no font has letters to type with, it has no
    /// fields.
    pub(super) fn with_fields(&self, pdf: Vec<u8>, fields: &Fields<'_>) -> Result<Vec<u8>, Error> {
        if !self.is_fillable() {
            return Ok(pdf);
        }
        let files = self.fonts().files();
        let usual = self
            .form_font
            .get_or_init(|| FormFont::new(files, [].into_iter()));
        let values = || fields.all.iter().map(|field| field.kind.value());
        let is_enough = |font: &FormFont| values().all(|value| font.has_all(value));
        let own = match usual {
            Some(font) if !is_enough(font) => FormFont::new(files, values()),
            _ => None,
        };
        match own.as_ref().or(usual.as_ref()) {
            Some(font) => with_fields(&pdf, &fields.all, font, self.page().scale as f32),
            None => Ok(pdf),
        }
    }
}
