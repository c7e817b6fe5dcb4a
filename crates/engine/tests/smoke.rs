//! x
#[test] fn t(){ let text=include_str!("../../../packs/general/processes/tender.toml"); match engine::load(text){Ok(p)=>println!("{p:#?}"),Err(f)=>{for f in f{println!("{f}\n{}",f.shown(kernel::Locale::ZhCn));}panic!()}} }
