namespace Ledger.Workload;

/// <summary>
/// What students do right after an activity because of it: stop the timer that they started, jump to what they
/// searched. The chance is half the ratio of the weights, as the other half comes later or never. Immutable.
/// </summary>
internal sealed class FollowUps
{
    private const int PerMilleMost = 900;

    private static readonly FollowUps?[] OfKind = ActivityCatalogue.All.Select(Find).ToArray();

    private readonly ActivityKind[] kinds;
    private readonly WeightedTable table;
    private readonly int perMille;

    private FollowUps(ActivityKind cause, ActivityKind[] kinds)
    {
        this.kinds = kinds;
        int[] weights = kinds.Select(kind => kind.Weight).ToArray();
        table = new WeightedTable(weights);
        perMille = Math.Min(PerMilleMost, 500 * weights.Sum() / cause.Weight);
    }

    /// <summary>The follow-up that is drawn after a kind, or null.</summary>
    internal static ActivityKind? Draw(ActivityKind cause, Xoshiro256 random) =>
        OfKind[cause.Index] is { } found && random.Chance(found.perMille)
            ? found.kinds[found.table.Draw(random)]
            : null;

    private static FollowUps? Find(ActivityKind cause)
    {
        ActivityKind[] kinds = ActivityCatalogue.All.Where(kind => kind.Requires == cause).ToArray();
        return kinds.Length == 0 ? null : new FollowUps(cause, kinds);
    }
}
