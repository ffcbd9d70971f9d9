namespace Ledger.Benchmarks.Running;

/// <summary>The rounds that were measured so far, each under what it measured: clients, or a size.</summary>
/// <typeparam name="TPlace">What was measured.</typeparam>
/// <typeparam name="TFigures">The figures of one round.</typeparam>
/// <param name="wanted">Everything that is to be measured, each once.</param>
/// <param name="rounds">How many times.</param>
/// <param name="isPartial">Whether a round was ended early.</param>
public sealed class RoundBook<TPlace, TFigures>(
    IReadOnlyList<TPlace> wanted, int rounds, Predicate<TFigures> isPartial)
    where TPlace : notnull
{
    private readonly List<(TPlace Place, TFigures Figures)> measured = [];

    /// <summary>Whether everything was measured that was asked for, to its end.</summary>
    public bool IsWhole => measured.Count == wanted.Count * rounds
        && !measured.Any(entry => isPartial(entry.Figures));

    /// <summary>All rounds, in the order in which they were measured.</summary>
    public IEnumerable<TFigures> All => measured.Select(static entry => entry.Figures);

    /// <summary>Takes in a round.</summary>
    public void Add(TPlace place, TFigures figures) => measured.Add((place, figures));

    /// <summary>The rounds of one place.</summary>
    public IReadOnlyList<TFigures> Of(TPlace place) =>
        [.. measured.Where(entry => entry.Place.Equals(place)).Select(static entry => entry.Figures)];

    /// <summary>
    /// What the rounds of each place say together, in the order wanted; places without any are left out.
    /// </summary>
    public IReadOnlyList<TPoint> Points<TPoint>(Func<TPlace, IReadOnlyList<TFigures>, TPoint> of) =>
        [.. wanted.Select(place => (place, Rounds: Of(place))).Where(static point => point.Rounds.Count > 0)
            .Select(point => of(point.place, point.Rounds))];
}
