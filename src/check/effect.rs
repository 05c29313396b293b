//! What a rule's fix may change in what is shown.

/// What the fix of a rule announces. `check::fix` applies a fix only where the document shows the
/// same after it, but for this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// The rule offers no fix.
    NoFix,
    /// The document is written in another way and shows the same.
    Nothing,
    /// Common spaces in text come, go or move; no-break ones stay.
    Blanks,
    /// The characters that an edit names become others, in text and in values of attributes that
    /// are text.
    Text,
    /// Headings are bold or not.
    HeadingWeight,
    /// A paragraph becomes a heading.
    Headings,
    /// Text that starts with the marks of a heading becomes that heading.
    HeadingMarks,
    /// Headings without text go.
    EmptyHeadings,
    /// Bulleted lists that follow each other become one.
    JoinedLists,
    /// Lines become items of lists or move to another level; order, markers and text stay.
    Nesting,
    /// An address is spelt in another way and leads to the same place.
    Addresses,
    /// The address of a file that is not there becomes that of one whose name differs in case.
    FileNames,
    /// Cells of a table that a bar in code cut are one.
    JoinedCells,
    /// The fragment of an address.
    Fragments,
    /// Titles of links go.
    LinkTitles,
    /// Spaces at the ends of attributes go.
    Padding,
    /// Attributes without a value go.
    EmptyAttributes,
    /// Components without content are removed.
    EmptyComponents,
    /// Text that is written like an image becomes that image.
    Images,
    /// Repeated and empty items of lists in the frontmatter go.
    FrontmatterItems,
}
