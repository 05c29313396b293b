//! Makes the sections of a sheet from the tree of items.

use crate::config::NoticeKind;
use crate::error::Error;
use crate::model::item::{Item, Role, Section};
use crate::model::notice::kind_by;
use crate::render::checklist::{ItemView, PathView, SectionView};
use crate::render::sheet::Maker;
use crate::render::sheet::fold::fold_rows;
use crate::render::text::RichLine;

/// The sections in their order.
const SECTIONS: [Section; 6] = [
    Section::Before,
    Section::Route,
    Section::Steps,
    Section::Tasks,
    Section::After,
    Section::Closing,
];

impl Maker<'_> {
    /// The sections that are not empty, numbered from 1.
    pub(super) fn sections(&self) -> Result<Vec<SectionView>, Error> {
        let mut sections = Vec::new();
        for section in SECTIONS {
            let items = self.mode.items.iter();
            let items: Vec<&Item> = items.filter(|item| item.section == section).collect();
            if items.iter().any(|item| item.role != Role::Related) {
                sections.push(self.section(section, &items, sections.len() + 1)?);
            }
        }
        fold_rows(&mut sections);
        Ok(sections)
    }

    fn section(
        &self,
        section: Section,
        items: &[&Item],
        number: usize,
    ) -> Result<SectionView, Error> {
        let mut view = self.head(section);
        view.number = number;
        let mut before = ("", "");
        for item in items {
            if item.role == Role::Related {
                continue;
            }
            let heading = self.heading(item, before);
            let is_repeated = is_named_by_heading(item) && item.heading == before.0;
            before = (&item.heading, &item.title);
            let leads = item.role == Role::Go && view.path.is_none() && view.items.is_empty();
            match &item.trail {
                Some(trail) if leads && section == Section::Route => {
                    view.path = Some(PathView {
                        steps: trail.steps.clone(),
                        url: self.href(trail.url.as_deref()),
                        written_url: trail.url.clone().unwrap_or_default(),
                    });
                }
                _ => {
                    let at = view.items.len();
                    view.items.extend(self.rows(item)?);
                    if let Some(row) = view.items.get_mut(at) {
                        row.heading = heading;
                        if is_repeated && !item.heading.is_empty() {
                            row.label = RichLine::plain(&self.word("sheet_open"));
                        }
                    }
                }
            }
        }
        view.has_gate = section == Section::Before && view.items.iter().any(|item| item.has_box);
        let before = match section {
            Section::Tasks => self.mode.boxes_before,
            _ => 0,
        };
        number_items(&mut view, before);
        view.mark = view.head_mark();
        Ok(view)
    }

    /// The heading that begins with an item, and the title of its callout unless that is only a
    /// word such as "Note". `before` are the heading and the title of the item above.
    fn heading(&self, item: &Item, before: (&str, &str)) -> String {
        let is_label = is_named_by_heading(item);
        let mut said = Vec::new();
        if item.heading != before.0 && !is_label {
            said.push(item.heading.as_str());
        }
        let is_own = item.role == Role::Hazard || item.trail.is_some();
        if item.title != before.1 && !is_own && self.says_more(&item.title) {
            said.push(&item.title);
        }
        said.retain(|text| !text.is_empty());
        said.join(" – ")
    }

    /// Whether a callout's title is more than the word for a note.
    fn says_more(&self, title: &str) -> bool {
        let titles = &self.context.config.conventions.notices.titles;
        !matches!(
            kind_by(title, titles),
            Some(NoticeKind::Note | NoticeKind::Tip)
        )
    }

    fn head(&self, section: Section) -> SectionView {
        let kind = section.name();
        let titles = &self.context.config.conventions.sections;
        let title = match section {
            Section::Route => titles.path.first().cloned(),
            Section::Steps => titles.fields.first().cloned(),
            Section::Before | Section::Tasks | Section::After | Section::Closing => None,
        };
        SectionView {
            number: 0,
            kind,
            title: title.unwrap_or_else(|| self.word(&format!("sheet_{kind}"))),
            hint: self.word(&format!("sheet_{kind}_hint")),
            mark: String::new(),
            path: None,
            has_gate: false,
            items: Vec::new(),
        }
    }
}

/// Whether the label of an item is the heading above it: that of a trail without a name.
fn is_named_by_heading(item: &Item) -> bool {
    item.trail.is_some() && item.title.is_empty()
}

/// Numbers the items with a box behind those of earlier sheets, and sets every item's id and mark.
fn number_items(section: &mut SectionView, before: usize) {
    let mut boxes = before;
    for (index, item) in section.items.iter_mut().enumerate() {
        item.id = format!("item-{}-{}", section.number, index + 1);
        if item.has_box && item.kind != "seen" {
            boxes += 1;
            item.number = format!("{}.{boxes}", section.number);
        }
        item.mark = item.text_mark();
    }
}

/// Whether an item within another one is shown in that item's row.
pub(super) fn is_note(item: &Item) -> bool {
    matches!(item.role, Role::Know | Role::Hazard)
}

impl ItemView {
    /// The values that every row has; all others are empty.
    pub(super) fn of(item: &Item) -> Self {
        Self {
            role: item.role.name(),
            has_box: item.role.has_box(),
            key: item.key.clone(),
            hash: item.hash.clone(),
            condition: item.condition.clone().unwrap_or_default(),
            ..Self::empty()
        }
    }
}
