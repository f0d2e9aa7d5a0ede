//! An invented survey: people who differ, teams that differ a little, answers left out, members who change teams.

use statistics::{PanelItem, PanelScale, PanelWave};

pub(crate) const WAVES: usize = 12;
pub(crate) const PEOPLE: usize = 100_000;
pub(crate) const TEAMS: usize = 8_000;
pub(crate) const SCALES: usize = 5;
const ITEMS: usize = 5;
pub(crate) const COLUMNS: usize = SCALES * ITEMS;
pub(crate) const POINTS: u8 = 7;
pub(crate) const FAVOURABLE: u8 = 5;

/// Pseudo-random numbers from a seed (splitmix64).
struct Chance(u64);

impl Chance {
    /// At least 0 and below 1.
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// With mean 0 and variance 1/4: three shares together.
    fn bell(&mut self) -> f64 {
        self.share() + self.share() + self.share() - 1.5
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn below(&mut self, below: usize) -> usize {
        (self.share() * below as f64) as usize
    }
}

pub(crate) struct Survey {
    pub(crate) scales: Vec<PanelScale>,
    pub(crate) answers: Vec<Vec<u8>>,
    pub(crate) teams: Vec<Vec<u32>>,
}

/// One item of every scale is reversed.
pub(crate) const fn reversed(column: usize) -> bool {
    column % ITEMS == 3
}

impl Survey {
    pub(crate) fn invent() -> Self {
        let mut chance = Chance(1);
        let scales = (0..SCALES).map(|scale| {
            let item = |column| PanelItem { column, reversed: reversed(column) };
            let items: Vec<PanelItem> = (scale * ITEMS..(scale + 1) * ITEMS).map(item).collect();
            PanelScale::new(POINTS, FAVOURABLE, &items).expect("a scale")
        });
        let scales = scales.collect();
        let team = |chance: &mut Chance| u32::try_from(chance.below(TEAMS)).expect("few teams");
        let of_teams: Vec<f64> = (0..TEAMS).map(|_| 0.7 * chance.bell()).collect();
        let of_people: Vec<f64> = (0..PEOPLE).map(|_| 1.6 * chance.bell()).collect();
        let mut members: Vec<u32> = (0..PEOPLE).map(|_| team(&mut chance)).collect();
        let (mut answers, mut teams) = (Vec::new(), Vec::new());
        for _ in 0..WAVES {
            for member in &mut members {
                if chance.share() < 0.03 {
                    *member = team(&mut chance);
                }
            }
            let mut wave = Vec::with_capacity(PEOPLE * COLUMNS);
            for (team, person) in members.iter().zip(&of_people) {
                let lasting = 4.6 + of_teams[usize::try_from(*team).expect("a team")] + person;
                for _ in 0..SCALES {
                    let of_scale = lasting + 1.2 * chance.bell();
                    for item in 0..ITEMS {
                        wave.push(answer(&mut chance, of_scale, reversed(item)));
                    }
                }
            }
            answers.push(wave);
            teams.push(members.clone());
        }
        Self { scales, answers, teams }
    }

    pub(crate) fn waves(&self) -> impl Iterator<Item = PanelWave<'_>> {
        self.answers.iter().zip(&self.teams).map(|(answers, teams)| PanelWave { columns: COLUMNS, answers, teams, team_count: TEAMS })
    }
}

/// Every twenty-fifth answer is left out.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn answer(chance: &mut Chance, opinion: f64, reversed: bool) -> u8 {
    let point = (opinion + 2.0 * chance.bell()).round().clamp(1.0, f64::from(POINTS)) as u8;
    match (chance.share() < 0.04, reversed) {
        (true, _) => 0,
        (false, true) => POINTS + 1 - point,
        (false, false) => point,
    }
}
