//! Industry packs: taxonomy, processes, review dimensions, legal texts, as files that are embedded into the program.
//!
//! A pack is text. Each room reads its own file of it; this module only hands them out.

use std::collections::BTreeMap;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../packs"]
#[include = "*.toml"]
#[include = "*.md"]
struct Embedded;

/// The files of one pack, by path inside it.
#[derive(Debug, Clone)]
pub struct Pack {
    name: String,
    files: BTreeMap<String, String>,
}

impl Pack {
    /// The pack every market starts with.
    pub fn general() -> Self {
        Self::embedded("general")
    }

    /// The embedded pack of that name; empty when there is none.
    pub fn embedded(name: &str) -> Self {
        let prefix = format!("{name}/");
        let paths = Embedded::iter().filter(|path| path.starts_with(&prefix));
        let files = paths.filter_map(|path| {
            let file = Embedded::get(&path)?;
            let text = String::from_utf8(file.data.into_owned()).ok()?;
            Some((path[prefix.len()..].to_owned(), text))
        });
        Self {
            name: name.to_owned(),
            files: files.collect(),
        }
    }

    /// A pack from texts at hand; for tests and for packs an operator brings.
    pub fn from_texts(name: &str, files: impl IntoIterator<Item = (String, String)>) -> Self {
        Self {
            name: name.to_owned(),
            files: files.into_iter().collect(),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text of one file, such as `taxonomy.toml`.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Every file below `folder` (such as `processes/`), with its path, in order.
    pub fn files(&self, folder: &str) -> impl Iterator<Item = (&str, &str)> {
        let below = self.files.iter().filter(move |(path, _)| path.starts_with(folder));
        below.map(|(path, text)| (path.as_str(), text.as_str()))
    }
}
