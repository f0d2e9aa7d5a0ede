//! How the console's addresses are declared. Every address goes through [`resource`], so that the list of them is complete:
//! a test walks it with every role.

use std::cell::RefCell;
use std::future::ready;

use actix_web::guard::{Any, Get, Guard, Head};
use actix_web::web::{self, ServiceConfig};
use actix_web::{App, HttpResponse, Resource, Route};

use crate::error::Problem;

thread_local! {
    /// Where addresses are noted while somebody asks for the list.
    static NOTED: RefCell<Option<Vec<Address>>> = const { RefCell::new(None) };
}

/// An address of the console, with `{…}` for what varies, and the methods that it takes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// As it was declared, for instance `/rounds/{wave}`.
    pub template: String,
    /// As in the header `Allow`, for instance `GET, HEAD`.
    pub methods: &'static str,
}

/// The addresses that a configuration declares, in its order.
pub(super) fn declared(configure: impl FnOnce(&mut ServiceConfig)) -> Vec<Address> {
    NOTED.set(Some(Vec::new()));
    drop(App::new().configure(configure));
    NOTED.take().unwrap_or_default()
}

/// A route for both methods that only read.
pub(super) fn read() -> Route {
    web::route().guard(either_read())
}

fn either_read() -> impl Guard {
    Any(Get()).or(Head())
}

/// An address that can only be read.
pub(super) fn reading(path: &str) -> Resource {
    resource(path, "GET, HEAD")
}

/// An address that can be read and takes a form.
pub(super) fn taking_forms(path: &str) -> Resource {
    resource(path, "GET, HEAD, POST")
}

/// An address that only takes a form.
pub(super) fn posting(path: &str) -> Resource {
    resource(path, "POST")
}

/// An address; other methods are told which ones there are.
pub(super) fn resource(path: &str, methods: &'static str) -> Resource {
    NOTED.with_borrow_mut(|noted| {
        if let Some(noted) = noted {
            noted.push(Address { template: path.to_owned(), methods });
        }
    });
    web::resource(path).default_service(web::to(move || ready(Err::<HttpResponse, _>(Problem::method_not_allowed(methods)))))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use std::fs;
    use std::path::Path;

    #[test]
    fn no_address_is_declared_behind_the_back_of_the_list() {
        let mut files = 0;
        walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app/console"), &mut |file, text| {
            files += 1;
            for way_round in
                [["web::", "resource("].concat(), ["web::", "scope("].concat(), [".route", "(\""].concat(), [".service(", "#["].concat()]
            {
                let own = text.matches(&way_round).count();
                let allowed = usize::from(
                    (file.ends_with("routing.rs") && way_round.contains("resource"))
                        || (file.ends_with("mod.rs") && way_round.contains("scope")),
                );
                assert!(
                    own <= allowed,
                    "{}: declare the address with reading(), taking_forms() or posting(), not by {way_round}",
                    file.display()
                );
            }
        });
        assert!(files > 15, "{files} files");
    }

    fn walk(folder: &Path, look: &mut impl FnMut(&Path, &str)) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, look);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                look(&path, &fs::read_to_string(&path).unwrap());
            }
        }
    }
}
