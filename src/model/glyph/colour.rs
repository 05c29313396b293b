//! Pictographs that differ in their colour only, which black ink does not show.

use crate::model::glyph::Replacement;

/// Colours by their keys in the string table, each with its disc, square and heart.
const COLOURS: [(&str, [char; 3]); 9] = [
    ("checklist_red", ['🔴', '🟥', '❤']),
    ("checklist_orange", ['🟠', '🟧', '🧡']),
    ("checklist_yellow", ['🟡', '🟨', '💛']),
    ("checklist_green", ['🟢', '🟩', '💚']),
    ("checklist_blue", ['🔵', '🟦', '💙']),
    ("checklist_purple", ['🟣', '🟪', '💜']),
    ("checklist_brown", ['🟤', '🟫', '🤎']),
    ("checklist_black", ['⚫', '⬛', '🖤']),
    ("checklist_white", ['⚪', '⬜', '🤍']),
];

/// The shapes of a disc, a square and a heart.
const SIGNS: [char; 3] = ['●', '■', '♥'];

/// The sign and the colour of a pictograph that is one; `None` for any other character.
pub(super) fn coloured(character: char) -> Option<Replacement> {
    COLOURS.iter().find_map(|(key, kinds)| {
        let kind = kinds.iter().position(|kind| *kind == character)?;
        Some(Replacement::Coloured(SIGNS[kind], key))
    })
}
