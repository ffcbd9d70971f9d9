namespace Ledger.Workload;

/// <summary>
/// Every kind of event in the population. A verb that <c>verbs.csv</c> does not hold stops the program at its first use
/// of the catalogue.
/// </summary>
public static class ActivityCatalogue
{
    private static readonly ActivityKind[] Kinds = Build();

    /// <summary>All kinds, each at its index: Moodle's, then BookRoll's 42 operations, then Caliper's.</summary>
    public static IReadOnlyList<ActivityKind> All => Kinds;

    /// <summary>The distinct verbs of the kinds, in the order of first use.</summary>
    public static IReadOnlyList<Verb> Verbs { get; } =
        Kinds.OrderBy(kind => kind.VerbIndex).Select(kind => kind.Verb).Distinct().ToArray();

    /// <summary>The kinds of one tool, each at its <see cref="ActivityKind.ToolIndex"/>.</summary>
    public static IReadOnlyList<ActivityKind> Of(LearningTool tool) => ByTool[(int)tool];

    private static ActivityKind[][] ByTool { get; } =
        Kinds.GroupBy(kind => kind.Tool).OrderBy(group => group.Key).Select(group => group.ToArray()).ToArray();

    /// <summary>The kind of one tool with an event name and, where the name is shared, the label of its verb.</summary>
    internal static ActivityKind Find(LearningTool tool, string eventName, string verbLabel) =>
        Kinds.Single(kind => kind.Tool == tool
            && string.Equals(kind.EventName, eventName, StringComparison.Ordinal)
            && string.Equals(kind.Verb.Label, verbLabel, StringComparison.Ordinal));

    private static ActivityKind[] Build()
    {
        var builder = new CatalogueBuilder();
        MoodleActivities.AddTo(builder);
        BookRollActivities.AddTo(builder);
        CaliperActivities.AddTo(builder);
        return builder.ToArray();
    }
}
