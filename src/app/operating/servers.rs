//! The servers behind the two sides, and whether they are one.

use identity::Exposures;

/// What is known of the server behind a store; of a file nothing.
#[derive(Debug, Clone)]
pub struct Server {
    /// What tells it from other servers.
    pub cluster: Option<String>,
    /// The role that it knows this program by.
    pub role: Option<String>,
    /// What it keeps or shows beside its tables.
    pub exposures: Exposures,
}

/// Both of them.
#[derive(Debug, Clone)]
pub struct Servers {
    /// The one of the people side.
    pub people: Server,
    /// The one of the ballot side.
    pub ballots: Server,
}

/// How much the two have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kinship {
    /// They are two, or one side lies in a file at least.
    Apart,
    /// They may be one: one of them does not say what tells it from others ([`TELLS_SERVERS_APART`]).
    Unseen,
    /// They are one, which knows this program by a role for each side.
    OneServer,
    /// They are one, and this is the one role that it knows this program by.
    OneRole(String),
}

/// What a server must show for it to be known which one it is.
pub const TELLS_SERVERS_APART: &str = "pg_control_system";

impl Servers {
    /// How much the two have in common. Equal names of roles on two servers are two roles.
    #[must_use]
    pub fn kinship(&self) -> Kinship {
        let Self { people, ballots } = self;
        match (&people.cluster, &ballots.cluster) {
            (Some(one), Some(other)) if one == other => match (&people.role, &ballots.role) {
                (Some(one), Some(other)) if one == other => Kinship::OneRole(one.clone()),
                _ => Kinship::OneServer,
            },
            (Some(_), Some(_)) => Kinship::Apart,
            // A file has no role.
            _ if people.role.is_some() && ballots.role.is_some() => Kinship::Unseen,
            _ => Kinship::Apart,
        }
    }

    /// Both with the name of their side.
    #[must_use]
    pub const fn by_side(&self) -> [(&'static str, &Server); 2] {
        [("people side", &self.people), ("ballot side", &self.ballots)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinship(clusters: [Option<&str>; 2], roles: [Option<&str>; 2]) -> Kinship {
        let server = |side: usize| Server {
            cluster: clusters[side].map(str::to_owned),
            role: roles[side].map(str::to_owned),
            exposures: Exposures::default(),
        };
        Servers { people: server(0), ballots: server(1) }.kinship()
    }

    #[test]
    fn two_servers_are_one_by_what_they_say_and_nothing_is_concluded_from_silence() {
        assert_eq!(kinship([None; 2], [None; 2]), Kinship::Apart, "files");
        assert_eq!(kinship([None, Some("1")], [None, Some("b")]), Kinship::Apart, "a file and a server are two");
        assert_eq!(kinship([Some("1"), Some("2")], [Some("a"); 2]), Kinship::Apart, "one name on two servers is two roles");
        assert_eq!(kinship([Some("1"), None], [Some("a"), Some("b")]), Kinship::Unseen, "nobody can say whether they are one");
        assert_eq!(kinship([None; 2], [Some("a"); 2]), Kinship::Unseen);
        assert_eq!(kinship([Some("1"); 2], [Some("a"), Some("b")]), Kinship::OneServer);
        assert_eq!(kinship([Some("1"); 2], [Some("a"); 2]), Kinship::OneRole("a".to_owned()));
    }
}
