using Ledger.Workload;

namespace Ledger.Benchmarks.ColdStart;

/// <summary>A simulated student's year, cut at the day on which it comes to the new school.</summary>
/// <param name="Student">Number in the population, from 0.</param>
/// <param name="Traits">What the generator drew its records from.</param>
/// <param name="Packet">The vector of the packet: features of all records before the day.</param>
/// <param name="Own">The vector of the new school's own records after 0, 1, … weeks.</param>
/// <param name="Right">Right answers and passed gradings after the observed weeks.</param>
/// <param name="Wrong">Wrong answers and failed gradings after them.</param>
public sealed record StudentYear(
    int Student, StudentTraits Traits, double[] Packet, IReadOnlyList<double[]> Own, int Right, int Wrong)
{
    /// <summary>The share of right ones after the observed weeks, 0 to 1.</summary>
    public double LaterShare => (double)Right / (Right + Wrong);
}
