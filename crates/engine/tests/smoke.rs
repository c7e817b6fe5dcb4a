//! x
#[test] fn t(){ let text=include_str!("../../../packs/general/processes/tender.toml"); for zh in [true,false]{ println!("{}", engine::report(text,zh).unwrap_or_else(|e|e));} }
