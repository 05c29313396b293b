//! Topics, which are tags and companies: their pages, and where they are named.

use crate::model::topic::{Topic, TopicKind, named};
use crate::model::translation::Translation;
use crate::render::page::View;
use crate::render::page::guides::SCENARIOS_SHOWN;
use crate::render::page_data::{CategoryLink, Entry, GuideEntry, Named, PageData};
use crate::render::summary::of_titles;
use crate::render::url::relative;

impl View<'_> {
    /// The topics of one kind that a page names.
    pub(super) fn topics_of(&self, index: usize, kind: TopicKind) -> Vec<Named> {
        let page = &self.site.pages[index];
        let topics = named(page).filter(|(other, _)| *other == kind);
        let topics = topics.filter_map(|(kind, title)| self.site.topics.get(kind, title));
        let named = topics.map(|topic| Named {
            title: topic.title.clone(),
            url: relative(page.address.file(), topic.address.file()),
        });
        named.collect()
    }

    /// The topics of one kind that pages of a language have, those of most pages first.
    pub fn topics(&self, kind: TopicKind, translation: &Translation) -> Vec<CategoryLink> {
        let is_own = |page: &&usize| {
            let locale = self.site.pages[**page].locale.as_deref();
            self.site.translation_in(locale) == translation
        };
        let all = self.site.topics.list.iter();
        let all = all.filter(|topic| topic.kind == kind);
        let counted = all.map(|topic| (topic, topic.pages.iter().filter(is_own).count()));
        let mut topics: Vec<(&Topic, usize)> = counted.filter(|(_, count)| *count > 0).collect();
        topics.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let link = |(topic, count): (&Topic, usize)| CategoryLink {
            title: topic.title.clone(),
            url: relative(translation.front.file(), topic.address.file()),
            count,
            children: Vec::new(),
        };
        topics.into_iter().map(link).collect()
    }

    /// The page of a topic, its guides and its other pages.
    pub fn topic(&self, topic: &Topic) -> (PageData, Vec<GuideEntry>, Vec<Entry>) {
        let address = topic.address.file();
        let titles = topic.pages.iter();
        let titles = titles.map(|page| self.site.pages[*page].title.as_str());
        let page = PageData {
            description: of_titles(titles),
            ..self.plain(topic.kind.name(), &topic.title, address)
        };
        let is_guide = |index: &&usize| self.site.pages[**index].guide.is_some();
        let others = topic.pages.iter().filter(|index| !is_guide(index));
        let others = others.map(|index| self.entry(*index, address)).collect();
        (page, self.topic_guides(topic), others)
    }

    /// The guides of a topic; where there is one only, its scenarios with it.
    fn topic_guides(&self, topic: &Topic) -> Vec<GuideEntry> {
        let mut guides = self.guides(&topic.pages, topic.address.file());
        let of = |index: &usize| Some((*index, self.site.pages[*index].guide.as_ref()?));
        if let ([only], Some((index, guide))) =
            (guides.as_mut_slice(), topic.pages.iter().find_map(of))
        {
            let all = 0..guide.scenarios.len().min(SCENARIOS_SHOWN);
            only.scenarios = self
                .guide_links(index, guide, all, topic.address.file())
                .scenarios;
        }
        guides
    }
}
