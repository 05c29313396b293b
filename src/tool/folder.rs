//! Files that say in which order the pages of their folder come, and what they are called.
//!
//! ```text
//! {"title": "Guides", "pages": ["index", "---Label---", "...", "!hidden", "...more"]}
//! {"index": "Start", "setup": {"title": "Setup", "display": "hidden"}}
//! {"label": "Guides", "position": 2}
//! ```

use crate::config::navigation::FolderList;
use crate::literal::Value;

/// Marks before a name: what is in a folder of that name, and what is not shown.
const SPREAD: &str = "...";
const HIDDEN: char = '!';

/// What a value says about its folder; `None` where it is no map.
pub fn folder_list(value: &Value) -> Option<FolderList> {
    let Value::Map(entries) = value else {
        return None;
    };
    let mut list = FolderList::default();
    if let Some(Value::List(pages)) = value.get("pages") {
        list.title = text(value, "title");
        for page in pages.iter().filter_map(Value::as_str) {
            add_page(&mut list, page);
        }
    } else if value.get("label").is_some() || value.get("position").is_some() {
        list.title = text(value, "label");
        if let Some(Value::Number(position)) = value.get("position") {
            list.order = Some(*position);
        }
    } else if entries
        .iter()
        .all(|(key, value)| key == "title" && value.as_str().is_some())
    {
        list.title = text(value, "title");
    } else {
        for (name, value) in entries
            .iter()
            .filter(|(name, _)| !matches!(&**name, "" | "*"))
        {
            add_named(&mut list, name, value);
        }
    }
    Some(list)
}

fn text(value: &Value, key: &str) -> String {
    let text = value.get(key).and_then(Value::as_str);
    text.unwrap_or_default().to_string()
}

fn add_page(list: &mut FolderList, page: &str) {
    if let Some(hidden) = page.strip_prefix(HIDDEN) {
        list.hidden.push(hidden.to_string());
    } else if !page.starts_with("---") && !page.starts_with('[') {
        let name = page.trim_start_matches(SPREAD).trim_start_matches("./");
        list.entries.push((name.to_string(), String::new()));
    }
}

fn add_named(list: &mut FolderList, name: &str, value: &Value) {
    let title = match value {
        Value::String(title) => title.clone(),
        value => text(value, "title"),
    };
    let is_hidden = value.get("display").and_then(Value::as_str) == Some("hidden");
    let is_outside = value.get("href").is_some();
    if is_hidden {
        list.hidden.push(name.to_string());
    } else if !is_outside {
        list.entries.push((name.to_string(), title));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::literal::read;

    fn check(source: &str, expected: &str) {
        let list = folder_list(&read(source)).unwrap();
        let entries: Vec<_> = list
            .entries
            .iter()
            .map(|(name, title)| format!("{name}={title}"))
            .collect();
        let shown = format!(
            "{}: {} !{}",
            list.title,
            entries.join(" "),
            list.hidden.join(" ")
        );
        assert_eq!(shown, expected);
    }

    #[test]
    fn forms_of_tools_are_read() {
        check(
            "{title: 'G', pages: ['index', '---L---', '...', '!x', '...more']}",
            "G: index= = more= !x",
        );
        check(
            "{index: 'Start', setup: {title: 'Set', display: 'hidden'}, '*': {}, z: {type: 'page'}}",
            ": index=Start z= !setup",
        );
        check("{label: 'G', position: 2}", "G:  !");
        check("{title: 'G'}", "G:  !");
    }
}
