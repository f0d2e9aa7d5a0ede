//! Small symmetric matrices: linear equations and eigenvalues.

use crate::Undefined;

/// How often every pair of rows is rotated at most; a dozen suffices for hundreds of rows (the method converges quadratically).
const SWEEPS: u32 = 64;

/// A symmetric matrix of finite numbers.
///
/// **Product** (omega) and **analyse**.
#[derive(Debug, Clone, PartialEq)]
pub struct Symmetric {
    size: usize,
    /// Row by row.
    values: Vec<f64>,
}

/// Eigenvalues with their eigenvectors, largest first.
///
/// **Analyse only.**
#[derive(Debug, Clone, PartialEq)]
pub struct Eigen {
    /// Eigenvalues, descending.
    pub values: Vec<f64>,
    /// For each eigenvalue its eigenvector of length 1, turned so that its largest element is positive.
    pub vectors: Vec<Vec<f64>>,
}

impl Symmetric {
    /// The matrix with `of(row, column)` for row >= column, and the same on the other side.
    ///
    /// # Errors
    /// [`Undefined::OutOfDomain`] for an element that is not finite, [`Undefined::NoValues`] for a matrix without rows.
    pub fn new(size: usize, of: impl Fn(usize, usize) -> f64) -> Result<Self, Undefined> {
        if size == 0 {
            return Err(Undefined::NoValues);
        }
        let elements = (0..size).flat_map(|row| (0..size).map(move |column| (row.max(column), row.min(column))));
        let values = elements.map(|(row, column)| Undefined::unless(true, "matrix element", of(row, column), "a finite number"));
        Ok(Self { size, values: values.collect::<Result<_, _>>()? })
    }

    /// Number of rows, at least 1.
    #[must_use]
    pub const fn size(&self) -> usize {
        self.size
    }

    /// One element; 0 outside the matrix.
    #[must_use]
    pub fn at(&self, row: usize, column: usize) -> f64 {
        if row < self.size && column < self.size { self.values.get(row * self.size + column).copied().unwrap_or(0.0) } else { 0.0 }
    }

    fn set(&mut self, row: usize, column: usize, value: f64) {
        for place in [row * self.size + column, column * self.size + row] {
            if let Some(element) = self.values.get_mut(place) {
                *element = value;
            }
        }
    }

    /// The x of A x = `right`, for a positive definite A, by Cholesky decomposition (Golub & Van Loan 2013, section 4.2).
    ///
    /// # Errors
    /// [`Undefined::NoSpread`] when A is not positive definite: one row says nothing that the others do not say. An element of
    /// `right` beyond the matrix is ignored, a missing one counts as 0.
    pub fn solve(&self, right: &[f64]) -> Result<Vec<f64>, Undefined> {
        // Scaled to a diagonal of ones, so that "nearly singular" means the same on every scale.
        let scale: Vec<f64> = (0..self.size).map(|row| self.at(row, row).sqrt()).collect();
        if scale.iter().any(|s| !(s.is_finite() && *s > 0.0)) {
            return Err(Undefined::NoSpread);
        }
        let scale_of = |row: usize| scale.get(row).copied().unwrap_or(1.0);
        let mut lower: Vec<Vec<f64>> = Vec::with_capacity(self.size);
        for row in 0..self.size {
            let mut line: Vec<f64> = Vec::with_capacity(row + 1);
            for column in 0..=row {
                let above: &[f64] = if column == row { &line } else { lower.get(column).map_or(&[], Vec::as_slice) };
                let known: f64 = line.iter().zip(above).take(column).map(|(a, b)| a * b).sum();
                let rest = self.at(row, column) / (scale_of(row) * scale_of(column)) - known;
                if column < row {
                    line.push(rest / above.last().copied().unwrap_or(1.0));
                } else if rest > f64::EPSILON * 64.0 {
                    line.push(rest.sqrt());
                } else {
                    return Err(Undefined::NoSpread);
                }
            }
            lower.push(line);
        }
        let mut solution: Vec<f64> = Vec::with_capacity(self.size);
        for (row, line) in lower.iter().enumerate() {
            let known: f64 = line.iter().zip(&solution).map(|(a, b)| a * b).sum();
            let given = right.get(row).copied().unwrap_or(0.0) / scale_of(row);
            solution.push((given - known) / line.last().copied().unwrap_or(1.0));
        }
        for row in (0..self.size).rev() {
            let below = lower.iter().zip(&solution).skip(row + 1);
            let known: f64 = below.map(|(line, x)| line.get(row).copied().unwrap_or(0.0) * x).sum();
            let diagonal = lower.get(row).and_then(|line| line.last()).copied().unwrap_or(1.0);
            if let Some(x) = solution.get_mut(row) {
                *x = (*x - known) / diagonal;
            }
        }
        Ok(solution.into_iter().enumerate().map(|(row, x)| x / scale_of(row)).collect())
    }

    /// Eigenvalues and eigenvectors by cyclic Jacobi rotations (Golub & Van Loan 2013, section 8.5). **Analyse only.**
    #[must_use]
    pub fn eigen(&self) -> Eigen {
        let mut rest = self.clone();
        let mut vectors: Vec<Vec<f64>> =
            (0..self.size).map(|row| (0..self.size).map(|column| f64::from(u8::from(row == column))).collect()).collect();
        let norm = rest.values.iter().map(|value| value * value).sum::<f64>();
        for _ in 0..SWEEPS {
            let off: f64 = (0..self.size).flat_map(|a| (0..a).map(move |b| (a, b))).map(|(a, b)| rest.at(a, b).powi(2)).sum();
            if off <= norm * f64::EPSILON * f64::EPSILON {
                break;
            }
            for a in 0..self.size {
                for b in a + 1..self.size {
                    rest.rotate(&mut vectors, a, b);
                }
            }
        }
        let mut pairs: Vec<(f64, Vec<f64>)> =
            vectors.into_iter().enumerate().map(|(row, vector)| (rest.at(row, row), upright(vector))).collect();
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (values, vectors) = pairs.into_iter().unzip();
        Eigen { values, vectors }
    }

    /// Makes the element (a, b) zero by a rotation, and turns the vectors with it.
    fn rotate(&mut self, vectors: &mut [Vec<f64>], a: usize, b: usize) {
        let between = self.at(a, b);
        if between == 0.0 {
            return;
        }
        let theta = (self.at(b, b) - self.at(a, a)) / (2.0 * between);
        let tangent = theta.signum() / (theta.abs() + theta.hypot(1.0));
        let cosine = tangent.hypot(1.0).recip();
        let sine = tangent * cosine;
        let (aa, bb) = (self.at(a, a), self.at(b, b));
        for other in (0..self.size).filter(|other| *other != a && *other != b) {
            let (from_a, from_b) = (self.at(other, a), self.at(other, b));
            self.set(other, a, cosine * from_a - sine * from_b);
            self.set(other, b, sine * from_a + cosine * from_b);
        }
        self.set(a, a, tangent.mul_add(-between, aa));
        self.set(b, b, tangent.mul_add(between, bb));
        self.set(a, b, 0.0);
        if let Ok([first, second]) = vectors.get_disjoint_mut([a, b]) {
            for (x, y) in first.iter_mut().zip(second.iter_mut()) {
                (*x, *y) = (cosine * *x - sine * *y, sine * *x + cosine * *y);
            }
        }
    }
}

fn upright(vector: Vec<f64>) -> Vec<f64> {
    let largest = vector.iter().copied().fold(0.0_f64, |largest, x| if x.abs() > largest.abs() + 1e-12 { x } else { largest });
    if largest < 0.0 { vector.into_iter().map(|x| -x).collect() } else { vector }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn gram(rows: &[Vec<f64>]) -> Symmetric {
        Symmetric::new(3, |a, b| rows.iter().map(|row| row[a] * row[b]).sum()).unwrap()
    }

    #[test]
    fn by_hand_two_by_two() {
        let matrix = Symmetric::new(2, |row, column| [[2.0, 1.0], [1.0, 2.0]][row][column]).unwrap();
        let eigen = matrix.eigen();
        assert!((eigen.values[0] - 3.0).abs() < 1e-14 && (eigen.values[1] - 1.0).abs() < 1e-14, "{eigen:?}");
        assert!((eigen.vectors[0][0] - 0.5_f64.sqrt()).abs() < 1e-14 && (eigen.vectors[0][1] - 0.5_f64.sqrt()).abs() < 1e-14);
        assert_eq!(matrix.solve(&[3.0, 3.0]).unwrap().iter().map(|x| (x * 1e9).round()).collect::<Vec<_>>(), [1e9, 1e9]);
    }

    #[test]
    fn a_row_that_repeats_another_cannot_be_solved() {
        let twice = Symmetric::new(2, |_, _| 5.0).unwrap();
        assert_eq!(twice.solve(&[1.0, 1.0]), Err(Undefined::NoSpread));
        assert_eq!(Symmetric::new(1, |_, _| 0.0).unwrap().solve(&[1.0]), Err(Undefined::NoSpread));
        assert_eq!(Symmetric::new(0, |_, _| 0.0), Err(Undefined::NoValues));
        assert!(Symmetric::new(1, |_, _| f64::NAN).is_err());
    }

    proptest! {
        #[test]
        fn a_solution_solves_and_eigenvectors_put_the_matrix_together_again(
            rows in proptest::collection::vec(proptest::collection::vec(-3.0f64..3.0, 3), 6..20),
        ) {
            let matrix = gram(&rows);
            if let Ok(x) = matrix.solve(&[1.0, -2.0, 0.5]) {
                for (row, want) in [1.0, -2.0, 0.5].into_iter().enumerate() {
                    let got: f64 = (0..3).map(|column| matrix.at(row, column) * x[column]).sum();
                    prop_assert!((got - want).abs() < 1e-6, "{} instead of {}", got, want);
                }
            }
            let eigen = matrix.eigen();
            for row in 0..3 {
                for column in 0..3 {
                    let again: f64 = eigen.values.iter().zip(&eigen.vectors).map(|(value, v)| value * v[row] * v[column]).sum();
                    prop_assert!((again - matrix.at(row, column)).abs() < 1e-10 * (1.0 + eigen.values[0]));
                }
            }
            prop_assert!(eigen.values[0] >= eigen.values[1] && eigen.values[1] >= eigen.values[2]);
        }
    }
}
