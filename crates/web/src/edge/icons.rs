//! The drawn icons, compiled in. `build.rs` takes exactly those that `frontend/icons.txt` lists or the source names.

include!(concat!(env!("OUT_DIR"), "/icons.rs"));

/// The icon as inline SVG; decoration only, words stand beside it. Unknown names draw nothing.
pub fn icon(name: &str) -> &'static str {
    let place = ICONS.binary_search_by_key(&name, |(known, _)| known);
    place.map_or("", |at| ICONS[at].1)
}
