//! Accounts and sessions.

use std::time::Duration;

use identity::{IdentityError, NewAccount, PasswordParams, Role};
use secrecy::SecretString;

use crate::{START, hash, person, random, store};

const QUICK: PasswordParams = PasswordParams { memory_kib: 8, passes: 1, lanes: 1 };

fn account(login: &str, role: Role) -> NewAccount {
    let hash = QUICK.hash(&SecretString::from("secret"), &mut random()).unwrap();
    NewAccount { person: (role == Role::Leader).then(|| person(1)), ..NewAccount::with_password(login, role, hash) }
}

#[test]
fn an_account_is_found_by_its_login_in_any_case_and_a_login_is_taken_once() {
    let (_folder, store) = store();
    let mut random = random();
    let id = store.create_account(&account("Ada@Example.org ", Role::Leader), &mut random).unwrap();
    let found = store.account_by_login("ada@EXAMPLE.org").unwrap().unwrap();
    assert_eq!((found.id, found.role, found.person), (id, Role::Leader, Some(person(1))));
    assert!(QUICK.verify(&SecretString::from("secret"), found.password_hash.as_ref()));
    assert_eq!(store.create_account(&account("ADA@example.org", Role::Hr), &mut random), Err(IdentityError::LoginTaken));
    assert!(store.account_by_login("nobody").unwrap().is_none());
    store.create_account(&account("hr", Role::Hr), &mut random).unwrap();
    let logins: Vec<String> = store.accounts().unwrap().into_iter().map(|a| a.login).collect();
    assert_eq!(logins, ["ada@example.org", "hr"]);
}

#[test]
fn a_session_lasts_until_it_expires_or_is_ended() {
    let (_folder, store) = store();
    let id = store.create_account(&account("hr", Role::Hr), &mut random()).unwrap();
    let end = START.plus(Duration::from_secs(60));
    let [first, second] = [hash(b's', 1), hash(b's', 2)];
    store.create_session(&first, id, end).unwrap();
    store.create_session(&second, id, end.plus(Duration::from_secs(60))).unwrap();
    assert_eq!(store.session(&first, START).unwrap().unwrap().login, "hr");
    assert!(store.session(&hash(b's', 3), START).unwrap().is_none());
    assert!(store.session(&first, end).unwrap().is_none(), "the end itself is too late");
    assert_eq!(store.expire_sessions(end).unwrap(), 1);
    assert!(store.session(&second, end).unwrap().is_some());
    store.delete_session(&second).unwrap();
    assert!(store.session(&second, end).unwrap().is_none());
}

#[test]
fn another_password_and_the_end_of_an_account_end_its_sessions() {
    let (_folder, store) = store();
    let id = store.create_account(&account("hr", Role::Hr), &mut random()).unwrap();
    let token = hash(b's', 1);
    let end = START.plus(Duration::from_secs(60));
    store.create_session(&token, id, end).unwrap();
    let changed = QUICK.hash(&SecretString::from("other"), &mut random()).unwrap();
    store.set_password(id, &changed).unwrap();
    assert!(store.session(&token, START).unwrap().is_none());
    assert_eq!(store.account_by_login("hr").unwrap().unwrap().password_hash, Some(changed.clone()));
    store.create_session(&token, id, end).unwrap();
    store.delete_account(id).unwrap();
    assert!(store.session(&token, START).unwrap().is_none());
    assert_eq!(store.set_password(id, &changed), Err(IdentityError::UnknownAccount));
    assert!(store.create_session(&token, id, end).is_err(), "there is no such account");
}
