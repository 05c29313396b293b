//! What may be a procedure: its steps where they are, with what speaks for it and against it.

use crate::config::procedures::Form;
use crate::config::procedures::words::Vocabulary;
use crate::markdown::node::{Block, Inline, Item};
use crate::model::procedure::evidence::{Evidence, Veto};
use crate::model::procedure::instruct::{MAYBE, instructs, text_instructs, words_of};
use crate::source::Span;

/// Steps of one form.
pub(super) struct Candidate<'a> {
    pub form: Form,
    pub steps: Vec<StepRef<'a>>,
    /// From what opens it to the end of its last step.
    pub span: Span,
    /// The first entry of its steps.
    pub entry: usize,
    /// The entry of the heading that names it; `None` for the page.
    pub heading: Option<usize>,
    /// Whether its steps are bullets.
    pub is_bullets: bool,
    /// The title that its component has.
    pub title: Option<String>,
    /// Whether its steps are items of an ordered list in a component, with the first number.
    pub first_number: Option<u64>,
    pub why: Vec<Evidence>,
    pub vetoes: Vec<Veto>,
}

/// A step where it is.
#[derive(Clone)]
pub(super) struct StepRef<'a> {
    pub span: Span,
    /// The bytes of the block that it begins with.
    pub node: Span,
    pub title: StepTitle<'a>,
    /// Everything in it behind its title; what is in components too, one after the other, where
    /// it is a heading.
    pub blocks: Vec<&'a Block>,
    /// The same as it is written.
    pub whole: &'a [Block],
    /// What is behind it and belongs to it: the code between two items.
    pub behind: Vec<&'a Block>,
}

/// What a step begins with.
#[derive(Clone)]
pub(super) enum StepTitle<'a> {
    Inlines(&'a [Inline]),
    Text(String),
}

impl StepTitle<'_> {
    /// Its words on one line.
    pub fn text(&self) -> String {
        match self {
            Self::Inlines(inlines) => words_of(inlines),
            Self::Text(text) => text.clone(),
        }
    }

    /// Whether it tells the reader to do something.
    pub fn instructs(&self, vocabulary: &Vocabulary) -> f64 {
        match self {
            Self::Inlines(inlines) => instructs(inlines, vocabulary),
            Self::Text(text) if text.is_empty() => MAYBE,
            Self::Text(text) => text_instructs(text, false, vocabulary),
        }
    }
}

impl<'a> StepRef<'a> {
    /// An item of a list as a step.
    pub fn of_item(item: &'a Item) -> Self {
        let (title, blocks) = split(&item.blocks);
        Self {
            span: item.span,
            node: item.span,
            title: StepTitle::Inlines(title),
            blocks: blocks.iter().collect(),
            whole: blocks,
            behind: Vec::new(),
        }
    }
}

/// The inlines of the first block, and the other blocks.
pub(super) fn split(blocks: &[Block]) -> (&[Inline], &[Block]) {
    match blocks {
        [Block::Paragraph(first), rest @ ..] => (&first.inlines, rest),
        [Block::Heading(first), rest @ ..] => (&first.inlines, rest),
        all => (&[], all),
    }
}

impl<'a> Candidate<'a> {
    /// Steps that nobody has judged.
    pub fn new(form: Form, steps: Vec<StepRef<'a>>, entry: usize, heading: Option<usize>) -> Self {
        let spans = steps.iter().map(|step| step.span);
        Self {
            form,
            span: spans.reduce(Span::cover).unwrap_or_default(),
            steps,
            entry,
            heading,
            is_bullets: false,
            title: None,
            first_number: None,
            why: Vec::new(),
            vetoes: Vec::new(),
        }
    }

    /// Whether what its steps say is in a language that has words.
    pub fn is_known(&self, vocabulary: &Vocabulary) -> bool {
        let texts: Vec<String> = self.steps.iter().map(|step| step.title.text()).collect();
        vocabulary.knows(&texts.join(" "))
    }

    /// Whether nothing speaks against it.
    pub fn is_taken(&self) -> bool {
        self.vetoes.is_empty()
    }

    /// The steps that start in a part, and the others; the first has all where it has none.
    pub fn split(mut self, part: Span) -> (Self, Option<Self>) {
        let steps = std::mem::take(&mut self.steps);
        let (own, rest): (Vec<_>, Vec<_>) = steps
            .into_iter()
            .partition(|step| part.range().contains(&step.span.start));
        let with = |steps: Vec<StepRef<'a>>| Self {
            why: self.why.clone(),
            vetoes: self.vetoes.clone(),
            title: self.title.clone(),
            first_number: self.first_number,
            is_bullets: self.is_bullets,
            ..Self::new(self.form, steps, self.entry, self.heading)
        };
        match (own.is_empty(), rest.is_empty()) {
            (true, _) => (with(rest), None),
            (_, true) => (with(own), None),
            _ => (with(own), Some(with(rest))),
        }
    }
}
