//! Findings and changes as text: for people, and in the formats that machines read.

pub mod changes;
pub mod clean;
pub mod finding;
pub mod github;
pub mod human;
pub mod json;
pub mod sarif;
