//! Somebody of HR with a browser.

use candor::installation::Installation;
use identity::{NewAccount, PasswordParams, Role};
use secrecy::SecretString;
use ureq::Agent;
use ureq::http::{Response, StatusCode};

const LOGIN: &str = "hr";
const PASSWORD: &str = "a sentence of some words";

/// Makes the account.
pub(crate) fn create_account(installation: &Installation) {
    // Cheap on purpose: nobody attacks it.
    let params = PasswordParams { memory_kib: 64, passes: 1, lanes: 1 };
    let password_hash = params.hash(&SecretString::from(PASSWORD), &mut rand::rng()).unwrap();
    let account = NewAccount::with_password(LOGIN, Role::Hr, password_hash);
    installation.identity.create_account(&account, &mut rand::rng()).unwrap();
}

/// A browser that follows no redirection and keeps no cookie by itself.
pub(crate) fn browser() -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        // Far beyond every limit of the server: reached only by a request that hangs.
        .timeout_global(Some(std::time::Duration::from_secs(60)))
        .build()
        .into()
}

/// Posts the sign-in form.
pub(crate) fn post_sign_in(origin: &str) -> Response<ureq::Body> {
    let form = [("login", LOGIN), ("password", PASSWORD)];
    browser().post(format!("{origin}/sign-in")).header("Origin", origin).send_form(form).unwrap()
}

/// Signs in; the cookie.
pub(crate) fn sign_in(origin: &str) -> String {
    let response = post_sign_in(origin);
    let cookie = response.headers().get("set-cookie").unwrap_or_else(|| panic!("no cookie: {}", response.status()));
    cookie.to_str().unwrap().split(';').next().unwrap().to_owned()
}

/// Reads a page with a cookie.
pub(crate) fn read(origin: &str, path: &str, cookie: &str, accept: &str) -> Response<ureq::Body> {
    browser().get(format!("{origin}{path}")).header("Cookie", cookie).header("Accept", accept).call().unwrap()
}

/// Posts a form with the token that stands on a page: the status.
pub(crate) fn post(origin: &str, page: &str, path: &str, cookie: &str) -> StatusCode {
    let html = read(origin, page, cookie, "text/html").body_mut().read_to_string().unwrap();
    let token =
        html.split("name=\"token\" value=\"").nth(1).unwrap_or_else(|| panic!("no form on {page}: {html}")).split('"').next().unwrap();
    let request = browser().post(format!("{origin}{path}")).header("Origin", origin).header("Cookie", cookie);
    request.send_form([("token", token)]).unwrap().status()
}
