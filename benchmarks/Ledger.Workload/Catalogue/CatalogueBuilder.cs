namespace Ledger.Workload;

/// <summary>Numbers the kinds of the catalogue, and the verbs that they use, in the order of their adding.</summary>
internal sealed class CatalogueBuilder
{
    private readonly List<ActivityKind> kinds = [];
    private readonly List<string> verbIris = [];

    /// <summary>Adds one kind; what it refers to was added before.</summary>
    internal ActivityKind Add(
        LearningTool tool,
        string eventName,
        string verbIri,
        ObjectKind about,
        int weight,
        Trait trait = Trait.None,
        OutcomeKind outcome = OutcomeKind.None,
        ActivityKind? requires = null,
        bool ends = false,
        ActivityKind? whenSuccessful = null)
    {
        var kind = new ActivityKind
        {
            Index = kinds.Count,
            ToolIndex = kinds.Count(other => other.Tool == tool),
            Tool = tool,
            EventName = eventName,
            Verb = VerbOf(verbIri),
            VerbIndex = NumberOf(verbIri),
            Object = about,
            Weight = weight,
            Trait = trait,
            Outcome = outcome,
            Requires = requires,
            Ends = ends,
            WhenSuccessful = whenSuccessful,
        };
        kinds.Add(kind);
        return kind;
    }

    internal ActivityKind[] ToArray() => kinds.ToArray();

    private int NumberOf(string verbIri)
    {
        int number = verbIris.IndexOf(verbIri);
        if (number < 0)
        {
            number = verbIris.Count;
            verbIris.Add(verbIri);
        }

        return number;
    }

    private static Verb VerbOf(string iri) => VerbTable.Standard.TryGet(iri, out Verb? verb)
        ? verb
        : throw new ArgumentException($"The verb table has no {iri}.", nameof(iri));
}
