//! Comments from the sealed answer to the pages, and how HR hides one that names a person.

use candor::lifecycle::{Refusal, notices};
use domain::{QuestionId, WaveId};
use identity::Role;
use release::CommentPool;

use crate::harness::TestApp;

const NAMED: &str = "Ada Smith <b>shouts</b> at people.";

/// A published round in which everybody answered and many wrote something to the first question, nobody to the second.
async fn scene() -> (TestApp, WaveId) {
    let app = TestApp::spawn().await;
    let wave = app.launch_with_comments("2026-q2");
    for (person, link) in app.links() {
        let text = match person.as_str() {
            "alpha1" => NAMED.to_owned(),
            _ if person.ends_with(['1', '3', '5']) => format!("Time to talk, says {person}."),
            _ => String::new(),
        };
        app.answer_saying(&wave, &link, 4, &[&text, ""]).await.unwrap();
    }
    app.run_to_publication(&wave);
    app.account("hr", Role::Hr, None);
    for leader in ["lead-a", "lead-b", "lead-c"] {
        app.account(leader, Role::Leader, Some(leader));
    }
    (app, wave)
}

fn hide_path(text: &str) -> String {
    format!("/organisation/2026-q2/comments/HELPS/{}", CommentPool::hash_of(text))
}

#[actix_web::test]
async fn a_comment_is_read_by_hr_and_by_the_leaders_of_its_pool_and_by_nobody_else() {
    let (app, wave) = scene().await;
    let hr = app.sign_in("hr").await;
    let (_, page) = hr.read("/organisation/2026-q2/comments").await;
    for said in ["Ada Smith &#60;b&#62;shouts&#60;/b&#62; at people.", "Time to talk, says beta3.", "Time to talk, says gamma5."] {
        assert_eq!(page.matches(said).count(), 1, "{said}: {page}");
    }
    assert!(page.contains("Too few people wrote something here."), "of the second question");
    assert!(page.contains(&hide_path(NAMED)));

    let release = candor::lifecycle::past_waves(&app.installation, Some(&wave)).unwrap();
    let Some(release::reading::PastWave::Published(published)) = release.last() else { panic!("published") };
    let pools = &published.release.comments;
    assert!(!pools.is_empty() && pools.iter().all(|pool| pool.question.as_str() == "HELPS"));
    for (leader, team) in [("lead-a", "Alpha"), ("lead-b", "Beta"), ("lead-c", "Gamma")] {
        let (_, page) = app.sign_in(leader).await.read("/team/2026-q2").await;
        let own = published.groups.iter().find(|group| group.teams.iter().any(|one| one.label.as_str() == team)).unwrap().group;
        let theirs = |pool: &&CommentPool| {
            let blocks = published.release.base.blocks.iter().filter(|block| pool.blocks.contains(&block.id));
            blocks.flat_map(|block| &block.members).any(|member| *member == disclosure::Member::Group(own))
        };
        let expected: usize = pools.iter().filter(theirs).map(|pool| pool.texts.len()).sum();
        assert_eq!(page.matches("data-role=\"comment\"").count(), expected, "{leader}");
        assert!(expected >= 3 && page.contains("Comments of ") && !page.contains("/comments/"), "{leader}: {page}");
    }
}

#[actix_web::test]
async fn a_comment_that_hr_hides_is_on_no_page_is_counted_on_all_and_leaves_the_result_as_it_was() {
    let (app, wave) = scene().await;
    let before = app.installation.responses.release(&wave).unwrap();
    let hr = app.sign_in("hr").await;
    let (status, asked) = hr.read(&hide_path(NAMED)).await;
    assert_eq!(status, 200);
    for said in ["Ada Smith &#60;b&#62;shouts&#60;/b&#62; at people.", "cannot be taken back", "the text stays in it"] {
        assert!(asked.contains(said), "{said}: {asked}");
    }
    assert!(!asked.contains("alpha1"), "the page says nothing of who wrote it");

    // Reading changes nothing, and neither does a form without its token or from another role.
    assert_eq!(hr.post(&hide_path(NAMED), &[("token", "wrong")]).await, 403);
    let lead = app.sign_in("lead-a").await;
    assert!(matches!(lead.read(&hide_path(NAMED)).await.0, 403 | 404));
    assert!(matches!(lead.post(&hide_path(NAMED), &[]).await, 403 | 404));
    assert!(app.installation.responses.notices(&wave).unwrap().is_empty());

    let token = hr.token(&hide_path(NAMED)).await;
    assert_eq!(hr.post(&hide_path(NAMED), &[("token", &token)]).await, 303);
    for (login, path) in [("hr", "/organisation/2026-q2/comments"), ("lead-a", "/team/2026-q2")] {
        let (_, page) = app.sign_in(login).await.read(path).await;
        assert!(!page.contains("Ada Smith") && page.contains("HR hid 1 comment."), "{login}: {page}");
    }
    assert_eq!(app.installation.responses.release(&wave).unwrap(), before);
    let stored = app.installation.responses.notices(&wave).unwrap();
    let notice = String::from_utf8(stored[0].document.clone()).unwrap();
    assert!(stored.len() == 1 && notice.contains("\"hide-comment\":{\"question\":\"HELPS\"") && !notice.contains("Ada"), "{notice}");

    // It is gone: nothing more can be done with it.
    assert_eq!(hr.read(&hide_path(NAMED)).await.0, 404);
    assert_eq!(hr.post(&hide_path(NAMED), &[("token", &token)]).await, 409);
    assert_eq!(app.installation.responses.notices(&wave).unwrap().len(), 1);
}

#[actix_web::test]
async fn only_a_comment_that_a_page_shows_can_be_hidden() {
    let (app, wave) = scene().await;
    let hr = app.sign_in("hr").await;
    let text = "Time to talk, says beta3.";
    let hash = CommentPool::hash_of(text);
    let shown = format!("/organisation/2026-q2/comments/HELPS/{hash}");
    assert_eq!(hr.read(&shown).await.0, 200);
    for path in [
        hide_path("Nobody wrote this."),
        format!("/organisation/2026-q2/comments/CHANGE/{hash}"),
        format!("/organisation/2026-q2/comments/%2e%2e/{hash}"),
        format!("/organisation/2031-q1/comments/HELPS/{hash}"),
        "/organisation/2026-q2/comments/HELPS/abc".to_owned(),
    ] {
        assert_eq!(hr.read(&path).await.0, 404, "{path}");
    }
    let question = QuestionId::parse("CHANGE").unwrap();
    assert!(matches!(notices::hide_comment(&app.installation, &wave, &question, hash), Err(Refusal::Said(_))));
    assert!(app.installation.responses.notices(&wave).unwrap().is_empty());
}

#[actix_web::test]
async fn a_round_that_asks_for_no_comments_serves_no_questions_and_says_nothing_of_them() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q2");
    let (_, instrument) = app.get(&format!("{}/w/{wave}/instrument", app.respondents)).await;
    assert!(!String::from_utf8(instrument).unwrap().contains("comments"));
    app.answer_as(&wave, |_| Some(5)).await;
    app.run_to_publication(&wave);
    app.account("hr", Role::Hr, None);
    let hr = app.sign_in("hr").await;
    assert!(!hr.read("/organisation/2026-q2").await.1.contains("What people wrote"));
    assert_eq!(hr.read("/organisation/2026-q2/comments").await.0, 404);
}
