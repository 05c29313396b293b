//! Panels of tabs that are chosen for a sheet; the others are left out of the text.

use std::collections::BTreeMap;

use crate::normal::folded;

/// Which panels are chosen: by the name that tabs share, or by the set of their labels.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PanelChoices {
    by_group: BTreeMap<String, String>,
    by_labels: BTreeMap<Vec<String>, String>,
}

impl PanelChoices {
    /// Chooses a label in all tabs that share a name.
    pub fn choose_in_group(&mut self, group: &str, label: &str) {
        self.by_group.insert(folded(group), folded(label));
    }

    /// Chooses a label in all tabs with a set of labels, as [`label_set`] has it.
    pub fn choose_in_labels(&mut self, labels: Vec<String>, label: &str) {
        self.by_labels.insert(labels, folded(label));
    }

    /// Whether nothing is chosen.
    pub fn is_empty(&self) -> bool {
        self.by_group.is_empty() && self.by_labels.is_empty()
    }

    /// Index of the panel that is chosen among some; `None` where none is.
    pub fn chosen(&self, group: Option<&str>, labels: &[String]) -> Option<usize> {
        let of_group = group.and_then(|group| self.by_group.get(&folded(group)));
        let label = of_group.or_else(|| self.by_labels.get(&label_set(labels)))?;
        labels.iter().position(|own| folded(own) == *label)
    }
}

/// Labels as a set: in order, without regard to case and blanks.
pub fn label_set(labels: &[String]) -> Vec<String> {
    let mut set: Vec<String> = labels.iter().map(|label| folded(label)).collect();
    set.sort_unstable();
    set.dedup();
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_are_chosen_by_group_or_labels() {
        let labels = |text: &str| text.split(' ').map(str::to_string).collect::<Vec<_>>();
        let mut choices = PanelChoices::default();
        assert!(choices.is_empty());
        choices.choose_in_group("os", "Linux");
        choices.choose_in_labels(label_set(&labels("npm Yarn")), "yarn");
        for (group, text, expected) in [
            (Some("OS"), "macOS linux", Some(1)),
            (Some("os"), "macOS Windows", None),
            (None, "macOS Linux", None),
            (None, "yarn npm", Some(0)),
            (Some("pm"), "NPM YARN", Some(1)),
            (None, "npm yarn pnpm", None),
        ] {
            assert_eq!(choices.chosen(group, &labels(text)), expected, "{text}");
        }
    }
}
