using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Integrity;

/// <summary>What an inspection of a whole store saw.</summary>
public sealed class IntegrityReport
{
    /// <summary>More are counted and not kept: a broken disk gives millions.</summary>
    private const int FindingsMax = 1000;

    private readonly List<Finding> findings = [];

    /// <summary>What is damaged, in the order of discovery.</summary>
    public IReadOnlyList<Finding> Findings => findings;

    /// <summary>How many findings there were, kept or not.</summary>
    public long FindingCount { get; private set; }

    /// <summary>Whether nothing is damaged.</summary>
    public bool IsClean => FindingCount == 0;

    /// <summary>The height that the store claims.</summary>
    public ulong Height { get; set; }

    /// <summary>With which blocks the store begins; null where that cannot be read.</summary>
    public StoreBeginning? Beginning { get; set; }

    /// <summary>
    /// The last readable block before those whose transaction ids may come again; a node cannot start without these.
    /// </summary>
    public ulong LastBeforeWindow { get; set; }

    /// <summary>
    /// The highest block whose hash neither it nor the one after it tells, since both are damaged; null for none. A
    /// node cannot start without the newest hashes, which contracts may ask for.
    /// </summary>
    public ulong? LastWithoutHash { get; set; }

    /// <summary>The root of the state as it is stored.</summary>
    public Hash256? StateRoot { get; set; }

    /// <summary>Entries that were read, by column family.</summary>
    public SortedDictionary<string, long> Entries { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes a finding.</summary>
    public void Add(Finding finding)
    {
        FindingCount++;
        if (Beginning is { IsSnapshot: true })
        {
            finding = finding with { BeganWithSnapshot = true };
        }

        if (findings.Count < FindingsMax)
        {
            findings.Add(finding);
        }
    }

    /// <summary>Takes a finding about an area.</summary>
    public void Add(DamageArea area, string place, string what) => Add(new Finding(area, place, what));

    /// <summary>Counts an entry of a column.</summary>
    public void Count(string column) => Entries[column] = Entries.GetValueOrDefault(column) + 1;

    /// <summary>Whether anything of an area is damaged.</summary>
    public bool Has(DamageArea area) => findings.Any(finding => finding.Area == area);
}
