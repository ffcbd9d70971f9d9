namespace Ledger.Benchmarks.ColdStart;

/// <summary>Linear equations by elimination with the largest pivot; a handful of unknowns.</summary>
public static class LinearSystem
{
    private const double PivotMin = 1e-12;

    /// <summary>
    /// The solution of a square system, whose matrix and right side are used up. Throws
    /// <see cref="BenchmarkException"/> where it has no single one.
    /// </summary>
    public static double[] Solve(double[,] matrix, double[] right)
    {
        int size = right.Length;
        for (int column = 0; column < size; column++)
        {
            int pivot = Enumerable.Range(column, size - column).MaxBy(row => Math.Abs(matrix[row, column]));
            if (Math.Abs(matrix[pivot, column]) < PivotMin)
            {
                throw new BenchmarkException("The model cannot be fitted: all students have the same outcome.");
            }

            Swap(matrix, right, column, pivot);
            for (int row = column + 1; row < size; row++)
            {
                double factor = matrix[row, column] / matrix[column, column];
                right[row] -= factor * right[column];
                for (int place = column; place < size; place++)
                {
                    matrix[row, place] -= factor * matrix[column, place];
                }
            }
        }

        double[] solution = new double[size];
        for (int row = size - 1; row >= 0; row--)
        {
            double known = Enumerable.Range(row + 1, size - row - 1).Sum(place => matrix[row, place] * solution[place]);
            solution[row] = (right[row] - known) / matrix[row, row];
        }

        return solution;
    }

    private static void Swap(double[,] matrix, double[] right, int one, int other)
    {
        (right[one], right[other]) = (right[other], right[one]);
        for (int place = 0; place < right.Length; place++)
        {
            (matrix[one, place], matrix[other, place]) = (matrix[other, place], matrix[one, place]);
        }
    }
}
