//! Serves the pages on an empty market in a temporary folder: `cargo run -p web --example styleguide -- 8090`.

use std::sync::Arc;

use gateways::files::LocalFiles;
use store::{Location, Options, Store};
use web::{App, WebSettings, router};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port: u16 = std::env::args().nth(1).and_then(|p| p.parse().ok()).unwrap_or(8090);
    let folder = tempfile::tempdir()?;
    let store = Store::open(
        &Location::Sqlite(folder.path().join("market.sqlite")),
        Options::default(),
    )?;
    store
        .write("install", |tx| {
            let pack = site::packs::Pack::general();
            site::install(tx, &pack)?;
            catalog::install(tx, &pack)?;
            orders::processes::install(tx, &pack)?;
            trust::install(tx, &pack)
        })
        .wait()?;
    let mut settings = WebSettings::for_tests();
    settings.base_url = format!("http://127.0.0.1:{port}");
    let site = router(App::new(
        store,
        Arc::new(LocalFiles::new(folder.path().join("files"))),
        settings,
    ));
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
        println!("http://127.0.0.1:{port}/styleguide");
        axum::serve(
            listener,
            site.into_make_service_with_connect_info::<std::net::SocketAddr>(),
        )
        .await
    })?;
    Ok(())
}
