namespace Ledger.Benchmarks.ColdStart;

/// <summary>
/// Logistic regression with a ridge, by Newton's method: columns are brought to mean 0 and spread 1 of the training
/// rows, the ridge draws all weights but the constant to 0.
/// </summary>
public sealed class LogisticModel
{
    /// <summary>
    /// A weight of 1 costs as much as half a row: a hundred rows outweigh it, and columns that say nothing stay small.
    /// </summary>
    private const double Ridge = 1;

    /// <summary>Newton's method doubles its digits with each step; with a ridge it needs fewer than ten.</summary>
    private const int StepsMax = 50;

    private const double StepEnough = 1e-9;

    private readonly double[] means;
    private readonly double[] spreads;
    private readonly double[] weights;

    private LogisticModel(double[] means, double[] spreads, double[] weights)
    {
        this.means = means;
        this.spreads = spreads;
        this.weights = weights;
    }

    /// <summary>Fits rows of equal length, at least one, to their outcomes.</summary>
    public static LogisticModel Train(IReadOnlyList<double[]> rows, IReadOnlyList<bool> outcomes)
    {
        int columns = rows[0].Length;
        double[] means = [.. Enumerable.Range(0, columns).Select(column => rows.Average(row => row[column]))];
        double[] spreads = [.. Enumerable.Range(0, columns).Select(column => SpreadOf(rows, column, means[column]))];
        LogisticModel model = new(means, spreads, new double[columns + 1]);
        double[][] scaled = [.. rows.Select(model.Scaled)];
        for (int step = 0; step < StepsMax && model.Improve(scaled, outcomes) > StepEnough; step++)
        {
        }

        return model;
    }

    /// <summary>The probability of the outcome, 0 to 1.</summary>
    public double Predict(double[] row) => Probability(Scaled(row));

    // A column that is the same everywhere says nothing, and must not divide by 0.
    private static double SpreadOf(IReadOnlyList<double[]> rows, int column, double mean)
    {
        double spread = Math.Sqrt(rows.Average(row => (row[column] - mean) * (row[column] - mean)));
        return spread > 1e-12 ? spread : 1;
    }

    private double[] Scaled(double[] row) =>
        [1, .. row.Select((value, column) => (value - means[column]) / spreads[column])];

    private double Probability(double[] scaled)
    {
        double sum = 0;
        for (int column = 0; column < weights.Length; column++)
        {
            sum += weights[column] * scaled[column];
        }

        return 1 / (1 + Math.Exp(-sum));
    }

    // One step; answers the largest change of a weight.
    private double Improve(double[][] rows, IReadOnlyList<bool> outcomes)
    {
        int size = weights.Length;
        double[] gradient = new double[size];
        double[,] curvature = new double[size, size];
        for (int place = 0; place < rows.Length; place++)
        {
            double[] row = rows[place];
            double probability = Probability(row);
            double miss = (outcomes[place] ? 1 : 0) - probability;
            double bend = probability * (1 - probability);
            for (int one = 0; one < size; one++)
            {
                gradient[one] += miss * row[one];
                for (int other = 0; other < size; other++)
                {
                    curvature[one, other] += bend * row[one] * row[other];
                }
            }
        }

        for (int column = 1; column < size; column++)
        {
            gradient[column] -= Ridge * weights[column];
            curvature[column, column] += Ridge;
        }

        double[] change = LinearSystem.Solve(curvature, gradient);
        for (int column = 0; column < size; column++)
        {
            weights[column] += change[column];
        }

        return change.Max(Math.Abs);
    }
}
