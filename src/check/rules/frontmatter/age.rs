//! How old a page may be.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::check::context::Context;
use crate::model::page::Page;

/// The day before which a page is old; `None` when the day of the check or the age is not known.
pub(super) fn limit(context: &Context<'_>, months: Option<u32>) -> Option<Date> {
    context.today?.checked_sub(i64::from(months?).months()).ok()
}

/// Whether a page's date is before `limit`; a page without a readable date is not old.
pub(super) fn is_before(page: &Page, limit: Date) -> bool {
    page.date.parse().is_ok_and(|date: Date| date < limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::with_context;

    fn check(today: Option<Date>, written: &str, expected: bool) {
        let text = format!("---\ndatetime: {written}\n---\n");
        with_context(&[("a.md", &text)], |context| {
            let page = &context.site.pages[0];
            let mut context = Context::new(
                context.site,
                context.sources,
                context.config,
                context.conventions,
            );
            context.today = today;
            let limit = limit(&context, Some(6));
            assert_eq!(
                limit.is_some_and(|limit| is_before(page, limit)),
                expected,
                "{written}"
            );
        });
    }

    #[test]
    fn age_is_counted_in_months_from_the_day_of_the_check() {
        let today = Some(Date::constant(2026, 8, 31));
        check(today, "2026-02-27", true);
        check(today, "2026-02-28", false);
        check(today, "지난주", false);
        check(None, "2001-01-01", false);
    }
}
