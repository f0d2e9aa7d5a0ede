//! Accounts and sessions.

use std::time::Duration;

use identity::{IdentityError, LinkMailEnd, LinkMailStanding, NewAccount, PasswordParams, Role};
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

#[test]
fn a_link_sets_a_password_once_and_a_newer_one_takes_its_place() {
    let (_folder, store) = store();
    let mut random = random();
    let id = store.create_account(&NewAccount { password_hash: None, ..account("hr", Role::Hr) }, &mut random).unwrap();
    let end = START.plus(Duration::from_secs(60));
    let [first, second] = [hash(b'l', 1), hash(b'l', 2)];
    let chosen = QUICK.hash(&SecretString::from("chosen"), &mut random).unwrap();
    store.make_account_link(id, &first, end).unwrap();
    store.make_account_link(id, &second, end).unwrap();
    assert!(!store.use_account_link(&first, &chosen, START).unwrap(), "the newer one counts");
    assert!(!store.use_account_link(&second, &chosen, end).unwrap(), "the end itself is too late");
    assert_eq!(store.account_of_link(&second, START).unwrap().unwrap().login, "hr");
    assert!(store.use_account_link(&second, &chosen, START).unwrap());
    assert!(!store.use_account_link(&second, &chosen, START).unwrap());
    assert_eq!(store.account_by_login("hr").unwrap().unwrap().password_hash, Some(chosen.clone()));
    // Nobody can make one for an account that is disabled, and one that waits ends with it.
    store.make_account_link(id, &first, end).unwrap();
    store.disable_account(id, true).unwrap();
    store.disable_account(id, false).unwrap();
    assert!(!store.use_account_link(&first, &chosen, START).unwrap());
    store.disable_account(id, true).unwrap();
    assert_eq!(store.make_account_link(id, &first, end), Err(IdentityError::UnknownAccount));
}

#[test]
fn steps_of_a_second_factor_only_go_up_and_a_recovery_code_is_used_once() {
    let (_folder, store) = store();
    let id = store.create_account(&account("hr", Role::Hr), &mut random()).unwrap();
    let [secret, other] = [b'a', b'b'].map(|byte| identity::SharedSecret::from(vec![byte; 20]));
    let codes = [hash(b'c', 1), hash(b'c', 2)];
    assert!(!store.use_step(id, 5).unwrap(), "there is none yet");
    store.begin_second_factor(id, &secret).unwrap();
    assert!(!store.confirm_second_factor(id, &other, 5, &codes).unwrap(), "another secret");
    assert!(!store.account_by_login("hr").unwrap().unwrap().second_factor);
    assert!(store.confirm_second_factor(id, &secret, 5, &codes).unwrap());
    assert!(store.account_by_login("hr").unwrap().unwrap().second_factor);
    for (step, fresh) in [(5, false), (4, false), (6, true), (6, false), (9, true), (8, false)] {
        assert_eq!(store.use_step(id, step).unwrap(), fresh, "step {step}");
    }
    assert_eq!((store.use_recovery_code(id, &codes[0]).unwrap(), store.use_recovery_code(id, &codes[0]).unwrap()), (true, false));
    assert_eq!(store.recovery_codes_left(id).unwrap(), 1);
    store.remove_second_factor(id).unwrap();
    assert!(!store.use_recovery_code(id, &codes[1]).unwrap());
    assert!(!store.account_by_login("hr").unwrap().unwrap().second_factor);
}

#[test]
fn a_role_comes_with_what_belongs_to_it() {
    let (_folder, store) = store();
    let unit = || domain::TeamLabel::parse("Works").unwrap();
    let base = account("x", Role::Hr);
    for wrong in [
        NewAccount { role: Role::Leader, ..base.clone() },
        NewAccount { role: Role::Partner, ..base.clone() },
        base.clone().for_unit(unit()),
        account("x", Role::Leader).for_unit(unit()),
    ] {
        assert!(matches!(store.create_account(&wrong, &mut random()), Err(IdentityError::AccountIncomplete { .. })), "{wrong:?}");
    }
    let id = store.create_account(&NewAccount { role: Role::Partner, ..base }.for_unit(unit()), &mut random()).unwrap();
    assert!(store.change_role(id, Role::Hr, None, Some(&unit())).is_err());
    store.change_role(id, Role::Leader, Some(&person(1)), None).unwrap();
    let changed = store.account(id).unwrap().unwrap();
    assert_eq!((changed.role, changed.person, changed.unit), (Role::Leader, Some(person(1)), None));
}

#[test]
fn a_mail_with_a_link_is_held_by_one_and_its_link_is_made_while_it_is_held() {
    let (_folder, store) = store();
    let mut roster = domain::roster::Roster::default();
    let owner = domain::roster::Person {
        id: person(1),
        name: "Ada".to_owned(),
        mail: "ada@example.org".to_owned(),
        team: None,
        language: crate::language(),
    };
    roster.people.insert(owner.id.clone(), owner);
    store.import_roster(&roster).unwrap();
    let id = store.create_account(&NewAccount { password_hash: None, ..account("lead", Role::Leader) }, &mut random()).unwrap();
    let hold = Duration::from_secs(60);
    assert_eq!(store.take_link_mail(START, hold).unwrap(), None);
    store.queue_link_mail(id, START).unwrap();
    assert_eq!(store.link_mail_of(id).unwrap(), Some(LinkMailStanding::Waiting));
    let first = store.take_link_mail(START, hold).unwrap().unwrap();
    assert_eq!((first.login.as_str(), first.invited, first.to.as_ref().unwrap().mail.as_str()), ("lead", true, "ada@example.org"));
    assert_eq!(store.take_link_mail(START, hold).unwrap(), None, "it is held");
    // The first worker died, or was slow: from the end of its hold on the mail is another's, and the first makes no link any more.
    let later = START.plus(hold);
    let second = store.take_link_mail(later, hold).unwrap().unwrap();
    let end = later.plus(hold);
    assert!(!store.mint_link(&first, &hash(b'm', 1), end).unwrap());
    assert!(store.mint_link(&second, &hash(b'm', 2), end).unwrap());
    store.end_link_mail(&first, LinkMailEnd::Done).unwrap();
    assert_eq!(store.link_mail_of(id).unwrap(), Some(LinkMailStanding::Waiting), "nor says what became of it");
    store.end_link_mail(&second, LinkMailEnd::NotItsFault(end)).unwrap();
    assert_eq!(store.take_link_mail(later, hold).unwrap(), None, "it waits");
    let third = store.take_link_mail(end, hold).unwrap().unwrap();
    assert_eq!(third.attempts, second.attempts, "what was not its fault does not count");
    store.end_link_mail(&third, LinkMailEnd::Refused).unwrap();
    assert_eq!((store.link_mail_of(id).unwrap(), store.take_link_mail(end, hold).unwrap()), (Some(LinkMailStanding::Refused), None));
    store.queue_link_mail(id, end).unwrap();
    let fourth = store.take_link_mail(end, hold).unwrap().unwrap();
    store.disable_account(id, true).unwrap();
    assert!(!store.mint_link(&fourth, &hash(b'm', 3), end).unwrap(), "nobody signs in with it");
    assert_eq!(store.queue_link_mail(id, end), Err(IdentityError::UnknownAccount));
    store.delete_account(id).unwrap();
    assert_eq!(store.link_mail_of(id).unwrap(), None);
}
