//! Builds this crate again when a file of a pack is added, changed or removed: packs are embedded.

fn main() {
    println!("cargo:rerun-if-changed=../../packs");
}
