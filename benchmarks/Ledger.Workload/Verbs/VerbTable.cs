using System.Globalization;

namespace Ledger.Workload;

/// <summary>The 235 verbs of BOLL, read from the embedded <c>verbs.csv</c>.</summary>
public static class VerbTable
{
    private const string ResourceName = "Ledger.Workload.verbs.csv";
    private const string Heading = "id,vocabulary,label,iri";
    private const int ColumnCount = 4;

    private static readonly Verb[] Rows = Read();
    private static readonly Dictionary<string, Verb> Iris = Rows.ToDictionary(v => v.Iri, StringComparer.Ordinal);
    private static readonly Dictionary<int, Verb> Ids = Rows.ToDictionary(v => v.Id);

    /// <summary>All verbs in the order of the file.</summary>
    public static IReadOnlyList<Verb> All => Rows;

    /// <summary>The verb of an exact IRI.</summary>
    /// <exception cref="ArgumentException">No line has this IRI.</exception>
    public static Verb ByIri(string iri) =>
        Iris.TryGetValue(iri, out Verb? verb) ? verb : throw new ArgumentException($"verbs.csv has no verb {iri}");

    /// <summary>The verb of a compact code.</summary>
    /// <exception cref="ArgumentException">No line has this code.</exception>
    public static Verb ById(int id) =>
        Ids.TryGetValue(id, out Verb? verb) ? verb : throw new ArgumentException($"verbs.csv has no verb {id}");

    /// <summary>Every verb with this label, case aside: <c>viewed</c> gives 0x34 and 0x48a.</summary>
    public static IReadOnlyList<Verb> ByLabel(string label) =>
        Rows.Where(verb => string.Equals(verb.Label, label, StringComparison.OrdinalIgnoreCase)).ToArray();

    private static Verb[] Read()
    {
        using Stream stream = typeof(VerbTable).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {ResourceName}.");
        using var reader = new StreamReader(stream);
        if (!string.Equals(reader.ReadLine(), Heading, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{ResourceName} does not start with '{Heading}'.");
        }

        var rows = new List<Verb>();
        while (reader.ReadLine() is { } line)
        {
            rows.Add(Parse(line));
        }

        return rows.ToArray();
    }

    private static Verb Parse(string line)
    {
        string[] cells = line.Split(',');
        if (cells.Length != ColumnCount)
        {
            throw new InvalidOperationException($"{ResourceName} has a line without {ColumnCount} columns: {line}");
        }

        int id = int.Parse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture);
        return new Verb(id, cells[1], cells[2], cells[3]);
    }
}
