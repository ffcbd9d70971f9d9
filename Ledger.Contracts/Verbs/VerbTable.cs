using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Ledger.Primitives;

namespace Ledger.Contracts.Verbs;

/// <summary>
/// The verbs with a code. A code is a short way to write an IRI and nothing else: keys and grants use the exact IRI,
/// and an IRI without a code is as good as any.
/// </summary>
public sealed class VerbTable
{
    private const string ResourceName = "verbs.csv";
    private const int Columns = 4;

    private readonly SortedDictionary<int, Verb> byId = [];
    private readonly SortedDictionary<string, Verb> byIri = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ImmutableArray<Verb>> byLabel = new(StringComparer.OrdinalIgnoreCase);

    private VerbTable(IEnumerable<Verb> verbs)
    {
        foreach (Verb verb in verbs)
        {
            byId.Add(verb.Id, verb);

            // Where an IRI has two codes, the lower one is shown.
            byIri.TryAdd(verb.Iri, verb);
            ImmutableArray<Verb> same = byLabel.TryGetValue(verb.Label, out ImmutableArray<Verb> known) ? known : [];
            byLabel[verb.Label] = same.Add(verb);
        }
    }

    /// <summary>The table that comes with the program: version 0 of the ledger's registry.</summary>
    public static VerbTable Standard { get; } = new(ReadResource());

    /// <summary>This table with verbs that members have added, in ascending order of code.</summary>
    public VerbTable With(IEnumerable<Verb> added) => new(All.Concat(added.OrderBy(static verb => verb.Id)));

    /// <summary>All verbs in ascending order of id.</summary>
    public IReadOnlyCollection<Verb> All => byId.Values;

    /// <summary>The verb with this code; 0 is a code like any other.</summary>
    public bool TryGet(int id, [NotNullWhen(true)] out Verb? verb) => byId.TryGetValue(id, out verb);

    /// <summary>The verb with exactly this IRI.</summary>
    public bool TryGet(string iri, [NotNullWhen(true)] out Verb? verb) => byIri.TryGetValue(iri, out verb);

    /// <summary>
    /// The verbs with this label, in any case, in ascending order of id. More than one means that the label does not
    /// say which IRI is meant.
    /// </summary>
    public ImmutableArray<Verb> WithLabel(string label) =>
        byLabel.TryGetValue(label, out ImmutableArray<Verb> verbs) ? verbs : [];

    /// <summary>An IRI for people: <c>viewed 0x34</c>, or the IRI itself where it has no code.</summary>
    public string Format(string iri) =>
        TryGet(iri, out Verb? verb)
            ? string.Create(CultureInfo.InvariantCulture, $"{verb.Label.ToLowerInvariant()} 0x{verb.Id:x}")
            : iri;

    private static IEnumerable<Verb> ReadResource()
    {
        using Stream? stream = typeof(VerbTable).Assembly.GetManifestResourceStream(ResourceName);
        Invariant.That(stream is not null);
        using StreamReader reader = new(stream);
        return Read(reader.ReadToEnd());
    }

    private static IEnumerable<Verb> Read(string csv)
    {
        string[] lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (string line in lines.Skip(1))
        {
            string[] cells = line.Split(',');
            Invariant.That(cells.Length == Columns);
            yield return new Verb(int.Parse(cells[0], CultureInfo.InvariantCulture), cells[1], cells[2], cells[3]);
        }
    }
}
