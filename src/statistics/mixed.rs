//! The trend of an organisation whose teams differ, and whose teams move on their own from wave to wave.

use crate::change::{ChangeTest, test_change};
use crate::smallest::{Level, smallest};
use crate::{DegreesOfFreedom, Group, KnownMean, Undefined};

/// The trend of an organisation: y = intercept + slope * time + team + team in this wave + person.
///
/// Without the second part a wave of a thousand people would look certain, although its teams moved together with much else that happened to
/// them that quarter.
///
/// **Product** and **analyse**.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OrganisationTrend {
    /// Change per unit of time.
    pub slope: f64,
    /// Its standard error given the variances (generalised least squares, as lme4 has it).
    pub standard_error: f64,
    /// The line at time 0.
    pub intercept: f64,
    /// Variance between teams that lasts.
    pub team: f64,
    /// Variance of a team around itself from wave to wave.
    pub team_wave: f64,
    /// Variance of people within a team and wave. `None` where sampling variances were given.
    pub residual: Option<f64>,
}

impl OrganisationTrend {
    /// From the answers of each team in each wave, given per team as time and answers: the mixed model
    /// `y ~ time + (1 | team) + (1 | team:time)` by restricted maximum likelihood (lme4's `lmer(..., REML = TRUE)`).
    ///
    /// Both ratios of variances are searched from 0 upwards, one within the other, so that an estimate of exactly 0 is found as such. A team
    /// is never larger than its number of waves, however many people it has: its covariance is a diagonal plus a constant, inverted in closed
    /// form (Woodbury), which makes 8,000 teams over 12 waves a matter of a second.
    ///
    /// **Analyse only**: needs every team's spread.
    ///
    /// # Errors
    /// [`Undefined::TooFewGroups`] with fewer than two teams; [`Undefined::TooFewWaves`] unless there are two different times;
    /// [`Undefined::NotSeparable`] when no team answered twice or no two people of a team in the same wave; [`Undefined::NoSpread`] when
    /// nobody differs from anybody in the same team and wave; [`Undefined::OutOfDomain`] for a team with the same time twice.
    pub fn of(teams: &[Vec<(f64, Group)>]) -> Result<Self, Undefined> {
        let cells: Vec<Vec<Cell>> = teams
            .iter()
            .map(|waves| waves.iter().map(|(time, group)| Cell { time: *time, mean: group.mean(), base: group.n().recip() }).collect())
            .collect();
        // Sums in one order, whatever the order of teams.
        let all = Group::in_order(&teams.iter().flatten().map(|(_, group)| *group).collect::<Vec<_>>());
        let people: f64 = all.iter().map(Group::n).sum();
        let squares: f64 = all.iter().map(Group::squares).sum();
        let several = all.iter().any(|group| group.size() > 1);
        let model = Model::new(cells, Some(Within { squares, df: people - 2.0 }))?;
        if !several {
            return Err(Undefined::NotSeparable);
        }
        if squares <= 0.0 {
            return Err(Undefined::NoSpread);
        }
        model.fit(1.0)
    }

    /// The same from means with known sampling variances, given per group as time and mean: what can be said from published means alone.
    ///
    /// **Product**: no answer of anybody is needed. A group's sampling errors in two waves are taken as independent, which is the careful
    /// side where the same people answer again. Where people come and go it is not: the lasting opinions of those who stay some waves carry
    /// over from one to the next, so that the line is about whoever was there, and its interval leaves out 0 more often than one about the
    /// same people would.
    ///
    /// # Errors
    /// As [`OrganisationTrend::of`]; [`Undefined::OutOfDomain`] for a sampling variance of 0 or less.
    pub fn of_known(groups: &[Vec<(f64, KnownMean)>]) -> Result<Self, Undefined> {
        let (mut variances, mut means) = (0.0, 0.0);
        for (_, known) in groups.iter().flatten() {
            variances += Undefined::unless(known.variance > 0.0, "sampling variance", known.variance, "more than 0")?;
            means += 1.0;
        }
        let cells = groups
            .iter()
            .map(|waves| waves.iter().map(|(time, known)| Cell { time: *time, mean: known.mean, base: known.variance }).collect())
            .collect();
        Model::new(cells, None)?.fit(variances / means)
    }

    /// Whether the slope is more than chance: z with [`DegreesOfFreedom::Infinite`], t with the degrees of freedom one is willing to assume.
    ///
    /// # Errors
    /// As [`test_change`].
    pub fn test(&self, df: DegreesOfFreedom) -> Result<ChangeTest, Undefined> {
        test_change(self.slope, self.standard_error, df)
    }
}

/// A team in a wave.
#[derive(Debug, Clone, Copy)]
struct Cell {
    time: f64,
    mean: f64,
    /// Sampling variance of the mean, or its multiple 1 / n of the variance of people.
    base: f64,
}

/// What is known of people where their variance has to be estimated, too.
struct Within {
    squares: f64,
    /// N - 2.
    df: f64,
}

/// Twice the negative restricted log-likelihood as a function of the variance of teams and of teams in waves, both measured in the variance of
/// people where that is unknown.
struct Model {
    teams: Vec<Vec<Cell>>,
    within: Option<Within>,
    mean_time: f64,
    mean: f64,
}

/// Sums over the waves of one team, each weighted by a = 1 / (base + variance of teams in waves).
struct Team {
    /// sum(a)
    weights: f64,
    /// sum(a^2)
    squared_weights: f64,
    /// sum(a * (1, t, y))
    sums: [f64; 3],
    /// sum(a^2 * (1, t, y))
    squared_sums: [f64; 3],
}

/// Everything that depends on the variance of teams in waves but not on that of teams.
struct Waves {
    teams: Vec<Team>,
    /// sum(a * z z') and sum(a^2 * z z') over all cells, z = (1, t, y).
    products: Products,
    squared_products: Products,
    weights: f64,
    /// -sum(ln a)
    logarithms: f64,
}

/// The six different sums of a symmetric 3 x 3 matrix over (1, t, y).
#[derive(Clone, Copy, Default)]
struct Products {
    one: f64,
    time: f64,
    value: f64,
    time_time: f64,
    time_value: f64,
    value_value: f64,
}

impl Products {
    /// Adds factor * (x y' + y x') / 2.
    fn add(&mut self, factor: f64, x: [f64; 3], y: [f64; 3]) {
        let half = factor / 2.0;
        self.one += factor * x[0] * y[0];
        self.time += half * (x[0] * y[1] + x[1] * y[0]);
        self.value += half * (x[0] * y[2] + x[2] * y[0]);
        self.time_time += factor * x[1] * y[1];
        self.time_value += half * (x[1] * y[2] + x[2] * y[1]);
        self.value_value += factor * x[2] * y[2];
    }

    fn subtract(&mut self, other: &Self) {
        self.one -= other.one;
        self.time -= other.time;
        self.value -= other.value;
        self.time_time -= other.time_time;
        self.time_value -= other.time_value;
        self.value_value -= other.value_value;
    }

    /// The determinant of the part over (1, t).
    fn determinant(&self) -> f64 {
        self.one * self.time_time - self.time * self.time
    }

    /// Intercept and slope.
    fn line(&self) -> (f64, f64) {
        let determinant = self.determinant();
        (
            (self.value * self.time_time - self.time * self.time_value) / determinant,
            (self.one * self.time_value - self.time * self.value) / determinant,
        )
    }

    /// v' M v for v = (-intercept, -slope, 1).
    fn around(&self, (intercept, slope): (f64, f64)) -> f64 {
        let at_mean = self.value_value - 2.0 * (intercept * self.value + slope * self.time_value);
        at_mean + intercept * intercept * self.one + 2.0 * intercept * slope * self.time + slope * slope * self.time_time
    }

    /// The trace of inverse(`of` over (1, t)) * self.
    fn relative_to(&self, of: &Self) -> f64 {
        (of.time_time * self.one - 2.0 * of.time * self.time + of.one * self.time_time) / of.determinant()
    }
}

/// The likelihood at one pair of variances.
struct State {
    value: f64,
    team_slope: f64,
    team_wave_slope: f64,
    products: Products,
    /// What is left of the sum of squares.
    left: f64,
}

impl Model {
    fn new(mut teams: Vec<Vec<Cell>>, within: Option<Within>) -> Result<Self, Undefined> {
        teams.retain(|cells| !cells.is_empty());
        for cell in teams.iter().flatten() {
            Undefined::unless(true, "time", cell.time, "a finite number")?;
            Undefined::unless(true, "mean", cell.mean, "a finite number")?;
        }
        for cells in &mut teams {
            cells.sort_by(Cell::order);
            if let Some((_, twice)) = cells.iter().zip(cells.iter().skip(1)).find(|(a, b)| a.time == b.time) {
                return Err(Undefined::OutOfDomain { what: "time", value: twice.time, domain: "once per team" });
            }
        }
        if teams.len() < 2 {
            return Err(Undefined::TooFewGroups);
        }
        // One total order of teams: what comes out does not depend on the order in which they came.
        teams.sort_by(|a, b| {
            let first_difference = a.iter().zip(b).map(|(a, b)| a.order(b)).find(|order| order.is_ne());
            first_difference.unwrap_or_else(|| a.len().cmp(&b.len()))
        });
        let first = teams.iter().flatten().next().copied().ok_or(Undefined::NoValues)?;
        if teams.iter().flatten().all(|cell| cell.time == first.time) {
            return Err(Undefined::TooFewWaves { waves: 1, needed: 2 });
        }
        if teams.iter().all(|cells| cells.len() < 2) {
            return Err(Undefined::NotSeparable);
        }
        let (mut cells, mut times, mut values) = (0.0, 0.0, 0.0);
        for cell in teams.iter().flatten() {
            cells += 1.0;
            times += cell.time - first.time;
            values += cell.mean - first.mean;
        }
        Ok(Self { teams, within, mean_time: first.time + times / cells, mean: first.mean + values / cells })
    }

    fn fit(&self, scale: f64) -> Result<OrganisationTrend, Undefined> {
        // The slope along the ridge of the best variance of teams is the partial one.
        let team_wave = smallest(scale, |team_wave| {
            let waves = self.waves(team_wave);
            let state = self.state(&waves, self.team(&waves, scale)?);
            Ok(Level { value: state.value, slope: state.team_wave_slope })
        })?;
        let waves = self.waves(team_wave);
        let team = self.team(&waves, scale)?;
        let state = self.state(&waves, team);
        let residual = self.within.as_ref().map(|within| state.left / within.df);
        let unit = residual.unwrap_or(1.0);
        let (at_mean, slope) = state.products.line();
        let standard_error = (unit * state.products.one / state.products.determinant()).sqrt();
        let intercept = self.mean + at_mean - slope * self.mean_time;
        let (team, team_wave) = (team * unit, team_wave * unit);
        for (what, number) in [
            ("slope", slope),
            ("standard error of the slope", standard_error),
            ("intercept", intercept),
            ("variance of teams", team),
            ("variance of teams in waves", team_wave),
            ("variance of people", unit),
        ] {
            Undefined::unless(true, what, number, "a finite number")?;
        }
        Ok(OrganisationTrend { slope, standard_error, intercept, team, team_wave, residual })
    }

    /// The best variance of teams for these weights of waves.
    fn team(&self, waves: &Waves, scale: f64) -> Result<f64, Undefined> {
        smallest(scale, |team| {
            let state = self.state(waves, team);
            Ok(Level { value: state.value, slope: state.team_slope })
        })
    }

    fn waves(&self, team_wave: f64) -> Waves {
        let mut products = Products::default();
        let mut squared_products = Products::default();
        let (mut weights, mut logarithms) = (0.0, 0.0);
        let mut teams = Vec::with_capacity(self.teams.len());
        for cells in &self.teams {
            let mut team = Team { weights: 0.0, squared_weights: 0.0, sums: [0.0; 3], squared_sums: [0.0; 3] };
            for cell in cells {
                let weight = 1.0 / (cell.base + team_wave);
                let z = [1.0, cell.time - self.mean_time, cell.mean - self.mean];
                products.add(weight, z, z);
                squared_products.add(weight * weight, z, z);
                logarithms -= weight.ln();
                team.weights += weight;
                team.squared_weights += weight * weight;
                for ((sum, squared), z) in team.sums.iter_mut().zip(&mut team.squared_sums).zip(z) {
                    *sum += weight * z;
                    *squared += weight * weight * z;
                }
            }
            weights += team.weights;
            teams.push(team);
        }
        Waves { teams, products, squared_products, weights, logarithms }
    }

    /// With A the diagonal of weights a of a team, S = sum(a) and k = team / (1 + team * S), the inverse of its covariance is
    /// A - k A11'A and the determinant of that covariance (1 + team * S) / prod(a).
    fn state(&self, waves: &Waves, team: f64) -> State {
        let mut products = waves.products;
        let mut by_team = Products::default();
        let mut by_team_wave = Products::default();
        by_team_wave.subtract(&waves.squared_products);
        let mut logarithms = waves.logarithms;
        let (mut log_by_team, mut log_by_team_wave) = (0.0, waves.weights);
        for sums in &waves.teams {
            let grown = 1.0 + team * sums.weights;
            let k = team / grown;
            products.add(-k, sums.sums, sums.sums);
            by_team.add(-1.0 / (grown * grown), sums.sums, sums.sums);
            by_team_wave.add(-k * k * sums.squared_weights, sums.sums, sums.sums);
            by_team_wave.add(2.0 * k, sums.sums, sums.squared_sums);
            logarithms += grown.ln();
            log_by_team += sums.weights / grown;
            log_by_team_wave -= k * sums.squared_weights;
        }
        let line = products.line();
        let (mut left, team_fit, team_wave_fit) = (products.around(line), by_team.around(line), by_team_wave.around(line));
        let (fit, factor) = match &self.within {
            Some(within) => {
                left += within.squares;
                (within.df * left.ln(), within.df / left)
            }
            None => (left, 1.0),
        };
        State {
            value: fit + logarithms + products.determinant().ln(),
            team_slope: factor * team_fit + log_by_team + by_team.relative_to(&products),
            team_wave_slope: factor * team_wave_fit + log_by_team_wave + by_team_wave.relative_to(&products),
            products,
            left,
        }
    }
}

impl Cell {
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        self.time.total_cmp(&other.time).then(self.mean.total_cmp(&other.mean)).then(self.base.total_cmp(&other.base))
    }
}

#[cfg(test)]
mod tests;
