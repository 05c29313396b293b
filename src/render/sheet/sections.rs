//! The sections of a sheet.

use crate::config::NoticeKind;
use crate::error::Error;
use crate::markdown::node::{Block, Item as ListItem};
use crate::model::guide::Scenario;
use crate::model::mode::{Extra, Prerequisite, SettingPath};
use crate::model::notice::Notice;
use crate::render::checklist::{ItemView, NoticeView, PathView, SectionView};
use crate::render::sheet::Maker;
use crate::render::text::{Line, Text};

impl Maker<'_> {
    /// A caution stays a boxed notice; whatever else must be known becomes something to verify.
    pub(super) fn prerequisites(&self, scenario: &Scenario) -> Result<SectionView, Error> {
        let mut section = self.section("prerequisites", None);
        let scenario_notices = scenario.notices.iter().cloned().map(Prerequisite::Notice);
        for prerequisite in scenario_notices.chain(self.mode.prerequisites.iter().cloned()) {
            match prerequisite {
                Prerequisite::List(list) => {
                    for item in &list.items {
                        section.items.push(self.verify(item)?);
                    }
                }
                Prerequisite::Notice(notice) => self.prerequisite(&notice, &mut section)?,
            }
        }
        Ok(section)
    }

    pub(super) fn prerequisite(
        &self,
        notice: &Notice,
        section: &mut SectionView,
    ) -> Result<(), Error> {
        if notice.kind >= NoticeKind::Caution {
            section.notices.push(self.notice(notice)?);
            return Ok(());
        }
        if notice.blocks.is_empty() {
            section
                .items
                .push(check(Line::plain(&notice.title), Text::default()));
        }
        for block in &notice.blocks {
            match block {
                Block::List(list) => {
                    for item in &list.items {
                        section.items.push(self.verify(item)?);
                    }
                }
                Block::Paragraph(paragraph) => {
                    let label = self.place.line(&paragraph.inlines)?;
                    section.items.push(check(label, Text::default()));
                }
                other => {
                    let body = self.place.text(std::slice::from_ref(other))?;
                    match section.items.last_mut() {
                        Some(item) => item.body.push(body),
                        None => section.items.push(check(Line::plain(&notice.title), body)),
                    }
                }
            }
        }
        Ok(())
    }

    pub(super) fn verify(&self, item: &ListItem) -> Result<ItemView, Error> {
        let (first, others) = match item.blocks.split_first() {
            Some((Block::Paragraph(first), others)) => (first.inlines.as_slice(), others),
            _ => ([].as_slice(), item.blocks.as_slice()),
        };
        Ok(check(self.place.line(first)?, self.place.text(others)?))
    }

    pub(super) fn path(&self, path: &SettingPath) -> Result<SectionView, Error> {
        let mut section = self.section("path", self.place.config.conventions.sections.path.first());
        if !path.steps.is_empty() {
            let url = self.href(path.url.as_deref());
            section.path = Some(PathView {
                steps: path.steps.clone(),
                url,
                written_url: path.url.clone().unwrap_or_default(),
            });
        }
        if !path.note.is_empty() {
            let text = self.place.text(&path.note)?;
            section.notices.push(NoticeView {
                kind: "note",
                title: String::new(),
                text,
            });
        }
        for choice in &path.choices {
            section.items.push(self.item(choice)?);
        }
        Ok(section)
    }

    pub(super) fn fields(&self) -> Result<SectionView, Error> {
        let mut section = self.section(
            "fields",
            self.place.config.conventions.sections.fields.first(),
        );
        for notice in &self.mode.notices {
            section.notices.push(self.notice(notice)?);
        }
        for field in &self.mode.fields {
            section.items.push(self.item(field)?);
        }
        Ok(section)
    }

    pub(super) fn extras(&self) -> Result<SectionView, Error> {
        let mut section = self.section("extra", None);
        for extra in &self.mode.extras {
            section.items.push(self.extra(extra)?);
        }
        Ok(section)
    }

    /// A part with a title is something to do; a sentence without one is something to know.
    pub(super) fn extra(&self, extra: &Extra) -> Result<ItemView, Error> {
        if let ("", [Block::Paragraph(paragraph)]) = (extra.title.as_str(), extra.blocks.as_slice())
        {
            let label = self.place.line(&paragraph.inlines)?;
            return Ok(check(label, Text::default()));
        }
        Ok(ItemView {
            action: "do",
            kind: if names_itself(extra) {
                "titled"
            } else {
                "check"
            },
            label: Line::plain(&extra.title),
            body: self.place.text(&extra.blocks)?,
            ..ItemView::empty()
        })
    }

    pub(super) fn notice(&self, notice: &Notice) -> Result<NoticeView, Error> {
        Ok(NoticeView {
            kind: notice.kind.name(),
            title: notice.title.clone(),
            text: self.place.text(&notice.blocks)?,
        })
    }
}

/// Something to verify.
fn check(label: Line, body: Text) -> ItemView {
    ItemView {
        action: "verify",
        kind: "check",
        label,
        body,
        ..ItemView::empty()
    }
}

/// Whether it is one component, whose own title became the extra's.
fn names_itself(extra: &Extra) -> bool {
    extra.id.is_empty()
        && !extra.title.is_empty()
        && matches!(extra.blocks.as_slice(), [Block::Component(_)])
}
