//! Artifacts that would be written at one place, found before anything is written.
//!
//! What a build writes is what its outputs plan, the theme's static files and the files of the
//! content that are copied; no other list of paths exists. Two documents of one address are the
//! site's own finding, for links to them are ambiguous in every output. File systems that know no
//! case count, and a file where a folder must be is in the way, too. All outputs are considered,
//! whichever a build is asked for: what the content may contain does not depend on that.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::error::Error;
use crate::output::{OUTPUTS, Output, Planned};
use crate::render::page::View;
use crate::source::LoadFault;

/// Who writes to a place.
#[derive(Clone, Copy)]
enum Writer<'a> {
    /// A build by itself, at this path.
    Made(&'a str),
    /// The document of this path.
    Document(&'a str),
    /// A file of this path that is copied.
    Copied(&'a str),
}

/// Who writes to which place.
#[derive(Default)]
struct Places<'a> {
    /// Places in lower case, each with the first that writes there.
    taken: HashMap<String, Writer<'a>>,
    /// Writers that others are in the way of, with these.
    met: Vec<[Writer<'a>; 2]>,
    /// Whether two documents have one address, so that what is made of them meets as well.
    is_ambiguous: bool,
}

/// Documents and copied files whose place another artifact takes. Nothing is made for this; an
/// output that must be made to be planned is planned only if something is where it may write.
///
/// # Errors
/// [`Error::Template`] when an output cannot be planned.
pub fn collisions(view: &View<'_>) -> Result<Vec<LoadFault>, Error> {
    let (dear, cheap): (Vec<&dyn Output>, Vec<&dyn Output>) =
        OUTPUTS.iter().partition(|output| output.is_made_together());
    let mut planned = plan(&cheap, view)?;
    let is_met = |output: &&dyn Output| {
        let planned = planned.iter().map(|planned| planned.path.as_str());
        let copied = view.sources.assets.iter().map(|asset| asset.path.as_str());
        planned.chain(copied).any(|path| is_near(path, *output))
    };
    let met: Vec<&dyn Output> = dear.into_iter().filter(is_met).collect();
    planned.extend(plan(&met, view)?);
    let mut places = Places::default();
    for (path, _) in view.theme.files() {
        places.take(path, Writer::Made(path));
    }
    let (of_documents, made): (Vec<&Planned<'_>>, Vec<&Planned<'_>>) = planned
        .iter()
        .partition(|planned| planned.document.is_some());
    for planned in made.into_iter().chain(of_documents) {
        let writer = planned.document.map(Writer::Document);
        places.take(&planned.path, writer.unwrap_or(Writer::Made(&planned.path)));
    }
    for asset in &view.sources.assets {
        places.take(&asset.path, Writer::Copied(&asset.path));
    }
    places.take_no_folder();
    Ok(places.faults())
}

/// What these outputs plan.
fn plan<'v>(outputs: &[&dyn Output], view: &'v View<'v>) -> Result<Vec<Planned<'v>>, Error> {
    let mut planned = Vec::new();
    for output in outputs {
        planned.extend(output.plan(view)?);
    }
    Ok(planned)
}

/// Whether an artifact of this output may be at, above or below a path.
fn is_near(path: &str, output: &dyn Output) -> bool {
    let path = path.to_lowercase();
    output.may_make(&path) || output.may_make(&format!("{path}/"))
}

impl<'a> Writer<'a> {
    /// The path that a finding names.
    fn path(self) -> &'a str {
        match self {
            Self::Made(path) | Self::Document(path) | Self::Copied(path) => path,
        }
    }
}

impl<'a> Places<'a> {
    /// Gives a place to its writer, or finds who has it.
    fn take(&mut self, place: &str, writer: Writer<'a>) {
        match self.taken.entry(place.to_lowercase()) {
            Entry::Vacant(free) => _ = free.insert(writer),
            Entry::Occupied(taken) => match [writer, *taken.get()] {
                [Writer::Document(_), Writer::Document(_)] => self.is_ambiguous = true,
                met => self.met.push(met),
            },
        }
    }

    /// Finds files that are where another one's folder must be.
    fn take_no_folder(&mut self) {
        let mut met = Vec::new();
        for (place, writer) in &self.taken {
            let folders = place.match_indices('/').map(|(at, _)| &place[..at]);
            met.extend(folders.filter_map(|folder| Some([*writer, *self.taken.get(folder)?])));
        }
        met.sort_unstable_by_key(|met| met.map(Writer::path));
        self.met.extend(met);
    }

    /// Each meeting as a fault of the content's file.
    fn faults(self) -> Vec<LoadFault> {
        let mut faults = Vec::new();
        for met in self.met {
            let [writer, other] = match met {
                [Writer::Made(_), Writer::Made(_)] if self.is_ambiguous => continue,
                [made @ Writer::Made(_), of_content] => [of_content, made],
                met => met,
            };
            faults.push(LoadFault {
                path: writer.path().to_string(),
                rule: "output-collision",
                offset: 0,
                other: other.path().to_string(),
            });
        }
        faults
    }
}
