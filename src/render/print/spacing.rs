//! Spacings of a sheet: the widest with which it takes as few pages as it can.
//!
//! A layout takes as long as all else that is done for a sheet, so the first spacing that is tried
//! is the one that will do for most sheets of this length, and the height of each layout decides
//! which one is worth another. The figures were measured on 84 sheets of 15 guides.

use crate::render::checklist::{ChecklistView, ItemView};
use crate::render::pdf::Layout;

/// Spacings, as factors of the usual one: the usual, a closer one, and the closest, at which lines
/// are still distinct.
pub const WIDE: f64 = 1.0;
pub const CLOSE: f64 = 0.65;
pub const CLOSEST: f64 = 0.38;

/// Height of what is above a sheet's closing part, as a share of that at the usual spacing.
const CLOSE_SHARE: f64 = 0.9;
const CLOSEST_SHARE: f64 = 0.75;

/// Height of a closing part with the foot of its page, in pages: usually, and at least.
const CLOSING: f64 = 0.18;
const LEAST_CLOSING: f64 = 0.1;

/// Estimated height above which a closer spacing seldom saves the second page.
const LONG: f64 = 1.12;

/// Letters of a line of text.
const LINE: usize = 55;

/// The widest spacing with the fewest pages, and its layout. `room` is what a page has room for,
/// where A4 upright with usual sizes is 1.
///
/// # Errors
/// What laying out fails with.
pub fn fewest_pages<E>(
    sheet: &ChecklistView,
    room: f64,
    lay_out: impl Fn(f64) -> Result<Layout, E>,
) -> Result<(Layout, f64), E> {
    let height = estimated_height(sheet) / room;
    if height + CLOSING <= 1.0 || height > LONG {
        closer(lay_out(WIDE)?, &lay_out)
    } else {
        wider_or_closest(lay_out(CLOSE)?, &lay_out)
    }
}

/// From the usual spacing to closer ones.
fn closer<E>(wide: Layout, lay_out: impl Fn(f64) -> Result<Layout, E>) -> Result<(Layout, f64), E> {
    let height = wide.height().unwrap_or_default();
    for (spacing, share, closing) in [
        (CLOSE, CLOSE_SHARE, CLOSING),
        (CLOSEST, CLOSEST_SHARE, LEAST_CLOSING),
    ] {
        if fits(height * share + closing, wide.pages() - 1) {
            let layout = lay_out(spacing)?;
            if layout.pages() < wide.pages() {
                return Ok((layout, spacing));
            }
        }
    }
    Ok((wide, WIDE))
}

/// From a closer spacing to the closest where it saves a page, or else to the usual one where it
/// costs none.
fn wider_or_closest<E>(
    close: Layout,
    lay_out: impl Fn(f64) -> Result<Layout, E>,
) -> Result<(Layout, f64), E> {
    let height = close.height().unwrap_or_default() / CLOSE_SHARE;
    if fits(height * CLOSEST_SHARE + LEAST_CLOSING, close.pages() - 1) {
        let closest = lay_out(CLOSEST)?;
        if closest.pages() < close.pages() {
            return Ok((closest, CLOSEST));
        }
    }
    if fits(height + CLOSING, close.pages()) {
        let wide = lay_out(WIDE)?;
        if wide.pages() <= close.pages() {
            return Ok((wide, WIDE));
        }
    }
    Ok((close, CLOSE))
}

fn fits(height: f64, pages: usize) -> bool {
    pages > 0 && height <= u32::try_from(pages).map_or(f64::MAX, f64::from)
}

/// Height of what is above a sheet's closing part at the usual spacing, in pages; off by 0.05 for
/// most sheets.
fn estimated_height(sheet: &ChecklistView) -> f64 {
    let parts = sheet.sections.iter().filter(|part| part.kind != "closing");
    let parts = parts.map(|part| {
        let items: f64 = part.items.iter().map(height_of_item).sum();
        0.024 + if part.path.is_some() { 0.09 } else { 0.0 } + items
    });
    0.05 + 0.056 * count(sheet.faults.others.len()) + parts.sum::<f64>()
}

fn height_of_item(item: &ItemView) -> f64 {
    let notices = item.notices.iter().map(|notice| lines(&notice.text.text()));
    let lines = lines(&item.body.text()) + notices.sum::<usize>();
    (if item.has_box { 0.053 } else { 0.003 })
        + (if item.steps.is_empty() { 0.0 } else { 0.09 })
        + 0.026 * count(item.choices.len())
        + 0.036 * count(item.notices.len() + usize::from(item.role == "hazard"))
        + 0.056 * count(item.flags.len())
        + 0.013 * count(lines)
}

fn lines(text: &str) -> usize {
    let lines = text.lines().map(|line| line.chars().count().div_ceil(LINE));
    lines.sum()
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}
